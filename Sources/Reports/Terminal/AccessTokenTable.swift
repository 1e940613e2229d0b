public import Base
public import DispatchStore

/// The tokens of a server, for a terminal: never a secret, which the database does not have either.
public struct AccessTokenTable: Sendable {
    private let tokens: [AccessToken]
    private let now: Timestamp
    private let style: TerminalStyle

    public init(_ tokens: [AccessToken], at now: Timestamp, style: TerminalStyle) {
        self.tokens = tokens
        self.now = now
        self.style = style
    }

    /// Ends in a line feed.
    public var text: String {
        guard !tokens.isEmpty else { return "There is no token; griddrill token create makes one.\n" }
        var table = TextTable(gap: 2, indent: 0)
        table.rows.append(["Name", "id", "role", "expires", ""].map { TextTable.Cell($0, .dim) })
        for token in tokens {
            let standing = token.standing(at: now)
            table.rows.append([
                TextTable.Cell(token.name.printable()), TextTable.Cell(token.id),
                TextTable.Cell(token.role.customer.map { "customer \($0)" } ?? token.role.name),
                TextTable.Cell(token.expiresAt.map { String($0.iso8601.prefix(10)) } ?? "never"),
                TextTable.Cell(standing.rawValue, standing == .valid ? .green : .boldRed),
            ])
        }
        return table.lines(style).joined(separator: "\n") + "\n"
    }
}
