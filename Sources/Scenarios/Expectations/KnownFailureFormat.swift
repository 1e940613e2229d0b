internal import Base
import DemandResponse
import Measures

extension Format where Value == KnownFailure {
    static let known = Format.object(
        "known failure",
        "Why the expectation is known to fall short, and how long that is put up with.",
        .required("issue", .issue, "Where it is followed up, as \"#12\" or an address."),
        .required(
            "until",
            .notation(.date),
            "The last day of it, in UTC: from the next one on it counts as any other."
        ),
        .required("why", .text(.description), "Why it falls short.")
    ) { _, issue, until, why in
        guard let issue, let until, let why else { return nil }
        return KnownFailure(issue: issue, until: until, why: why)
    }.named("known_failure")
}

extension Format where Value == String {
    /// A text that may well begin with the sign of YAML's comments.
    fileprivate static let issue: Format = {
        var format = Format.text(.remark)
        let read = format.read
        format.read = { node, diagnostics in
            guard node.scalar?.kind == .null else { return read(node, diagnostics) }
            diagnostics.mismatch(node, expected: "text", help: "what begins with # is a comment: write it as \"#12\"")
            return nil
        }
        return format
    }()
}

extension Notation where Value == String {
    /// A day of the calendar, as `2027-01-31`.
    static let date: Notation = Notation(
        name: "date",
        documentation: "A day, as year, month and day.",
        pattern: #"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])"#,
        examples: ["2027-01-31"],
        parse: { text throws(NotationProblem) in
            let parts = text.split(separator: "-", omittingEmptySubsequences: false)
            guard parts.map(\.utf8.count) == [4, 2, 2], parts.allSatisfy({ $0.utf8.allSatisfy(\.isDigit) }) else {
                throw Notation.date.notOne(text)
            }
            let numbers = parts.compactMap { Int($0) }
            guard CivilTime(year: numbers[0], month: numbers[1], day: numbers[2], hour: 0, minute: 0) != nil else {
                throw NotationProblem(message: "there is no day \(text)", help: "year, month and day, as 2027-01-31")
            }
            return String(text)
        }
    )
}
