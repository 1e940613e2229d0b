internal import Base

extension Notation where Value == String {
    /// The name of an IANA time zone, or a fixed offset from UTC.
    static let timeZone: Notation = Notation(
        name: "time zone",
        documentation: "The name of a zone in the IANA time zone database, or a fixed offset from UTC.",
        pattern: #"(?:[A-Za-z][A-Za-z0-9_+/-]*|[+-]\d{2}:\d{2})"#,
        examples: ["America/Los_Angeles", "Europe/Berlin", "UTC", "-07:00"],
        parse: { text throws(NotationProblem) in
            let isName = text.utf8.allSatisfy {
                $0.isDigit || UInt8(ascii: "A")...UInt8(ascii: "Z") ~= $0 || UInt8(ascii: "a")...UInt8(ascii: "z") ~= $0
                    || "_+-/:".utf8.contains($0)
            }
            guard isName, text.utf8.first?.isDigit == false, ZonedTime.isKnown(zone: String(text)) else {
                throw unknownZone(text)
            }
            return String(text)
        }
    )

    private static func unknownZone(_ text: Substring) -> NotationProblem {
        let nearest =
            ZonedTime.suggestion(forZone: String(text))
            ?? Spelling.nearest(to: String(text), among: ZonedTime.knownZones)
        return NotationProblem(
            message: "'\(text.shortened)' is not a known time zone",
            help: nearest.map { "did you mean '\($0)'?" } ?? "zones are named as America/Los_Angeles"
        )
    }
}
