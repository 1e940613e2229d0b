import TestSupport
import Testing

extension Command {
    /// A new token for the database `d.sqlite`, which a first start has made.
    static func makeToken(
        name: String = "desk",
        role: String = "operator",
        _ arguments: [String] = [],
        in scratch: Scratch
    ) async throws -> String {
        let command = ["token", "create", "--database", "d.sqlite", "--name", name, "--role", role] + arguments
        let made = try await Command(command, in: scratch).outcome()
        return String(try #require(made.output.firstMatch(of: /gd_[0-9a-f]{16}_[\w-]{43}/)).output)
    }
}
