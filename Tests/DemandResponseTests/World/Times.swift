import Base
import DemandResponse

extension Timestamp {
    /// `20:45`, `20:45:30` or `20:45:30.25` on the day of the tests, 27 August 2019 in UTC; `+1 20:45` is the day after.
    init(clock text: String) {
        var text = text[...]
        var days = 0
        if text.first == "+", let blank = text.firstIndex(of: " ") {
            days = Int(text[..<blank].dropFirst()) ?? 0
            text = text[blank...].dropFirst()
        }
        let parts = text.split(separator: ":")
        precondition((2...3).contains(parts.count), "not a time of day: \(text)")
        let hours = Int64(parts[0]) ?? 0
        let minutes = Int64(parts[1]) ?? 0
        let seconds = parts.count == 3 ? (Double(parts[2]) ?? 0) : 0
        self =
            .dayOfTests + .hours(Int64(days) * 24 + hours) + .minutes(minutes)
            + .microseconds(Int64((seconds * 1_000_000).rounded()))
    }

    /// 2019-08-27T00:00:00Z.
    static let dayOfTests = Timestamp(microseconds: 1_566_864_000_000_000)

    /// The reverse of `init(clock:)`.
    var clock: String {
        let sinceMidnight = (self - .dayOfTests).microseconds
        let day = sinceMidnight / 86_400_000_000
        let text = iso8601.dropFirst(11).dropLast()
        return (day == 0 ? "" : "+\(day) ") + (text.hasSuffix(":00") ? text.dropLast(3) : text)
    }
}

extension Incident.Period {
    /// `21:00-22:00`, or `21:00-` without an end.
    init(_ text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        precondition(parts.count == 2, "not a period: \(text)")
        self.init(
            start: Timestamp(clock: String(parts[0])),
            end: parts[1].isEmpty ? nil : Timestamp(clock: String(parts[1]))
        )
    }
}

extension UniqueID {
    /// What an edge would have drawn, from a name.
    init(named name: String) {
        self.init(name: name, in: UniqueID(high: 0x6772_6964_6472_496C, low: 0x8074_6573_7473_0000))
    }
}
