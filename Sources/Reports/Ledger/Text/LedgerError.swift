/// What is wrong with the text of a ledger, and where.
public struct LedgerError: Error, Sendable, Equatable, CustomStringConvertible {
    public let path: String
    /// From 1.
    public let line: Int
    public let message: String

    public var description: String { "\(path):\(line): \(message)" }
}
