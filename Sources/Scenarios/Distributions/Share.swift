/// A percentage in whole parts per million, so that equal runs draw equally.
public struct Share: Sendable, Hashable, Comparable {
    /// 0 … 1,000,000.
    public var partsPerMillion: Int

    public init(partsPerMillion: Int) {
        self.partsPerMillion = partsPerMillion
    }

    public static func percent(_ percent: Int) -> Share { Share(partsPerMillion: percent * 10_000) }

    public static let none = Share(partsPerMillion: 0)
    public static let all = Share(partsPerMillion: 1_000_000)

    public static func < (a: Share, b: Share) -> Bool { a.partsPerMillion < b.partsPerMillion }
}

extension Share: CustomStringConvertible {
    /// As a scenario writes it: `97%`, `0.1%`.
    public var description: String {
        let (whole, rest) = partsPerMillion.quotientAndRemainder(dividingBy: 10_000)
        guard rest > 0 else { return "\(whole)%" }
        var digits = String(10_000 + rest).dropFirst()
        while digits.last == "0" { digits.removeLast() }
        return "\(whole).\(digits)%"
    }
}
