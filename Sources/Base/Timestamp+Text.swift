extension Timestamp {
    /// `Fri, 13 Aug 2021 09:53:45 GMT`, the IMF-fixdate of RFC 9110 §5.6.7: `createdOn` and `acknowledgeOn`.
    public var httpDate: String {
        let time = CivilTime(self)
        let names = (Self.dayNames[time.dayOfWeek], Self.monthNames[time.month - 1])
        return "\(names.0), \(two(time.day)) \(names.1) \(time.year) \(clock(time)) GMT"
    }

    /// `2021-08-13T09:53:45.123456Z`, RFC 3339; the fraction only when there is one.
    public var iso8601: String {
        let time = CivilTime(self)
        let fraction =
            microseconds - Int64(microseconds >= 0 ? microseconds / 1_000_000 : (microseconds - 999_999) / 1_000_000)
            * 1_000_000
        let digits = fraction == 0 ? "" : "." + String(String(fraction + 1_000_000).dropFirst())
        let year = String(String(time.year + 10_000).dropFirst())
        return "\(year)-\(two(time.month))-\(two(time.day))T\(clock(time))\(digits)Z"
    }

    private func clock(_ time: CivilTime) -> String {
        "\(two(time.hour)):\(two(time.minute)):\(two(time.second))"
    }

    private func two(_ number: Int) -> String {
        number < 10 ? "0\(number)" : String(number)
    }

    private static let dayNames = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
    private static let monthNames = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
}
