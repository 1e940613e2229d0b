/// One of the parts that a suite is shared out in, for as many machines: `2/5` is the second of five.
public struct Shard: Sendable, Hashable {
    /// From 1.
    public let number: Int
    public let count: Int

    /// More parts than this are a slip of the pen.
    public static let mostShards = 10_000

    public init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ $0.allSatisfy(\.isWholeNumber) }),
            let number = Int(parts[0]), let count = Int(parts[1])
        else { return nil }
        self.init(number: number, of: count)
    }

    public init?(number: Int, of count: Int) {
        guard 1...Self.mostShards ~= count, 1...count ~= number else { return nil }
        self.number = number
        self.count = count
    }
}

extension Shard: CustomStringConvertible {
    public var description: String { "\(number)/\(count)" }
}
