internal import ArgumentParser
internal import DispatchStore
internal import Reports

struct Audit: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Prove a server's audit log.",
        subcommands: [Verify.self]
    )

    struct Verify: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Look for a row of the audit log that was changed, taken away or put in.",
            discussion: """
                Each row has the SHA-256 of itself and of the row before. Exits with 0 when all are in order, and prints the last row's: \
                keep it elsewhere to tell a log that was written anew from one end to the other. Exits with 1 and the first row that \
                is not what was written. Works beside a running server.
                """
        )

        @Argument(help: "The server's database file.", completion: .file())
        var database: String

        func run() throws {
            let finding: ChainFinding
            do {
                finding = try ServerDatabase.verifyAudit(database)
            } catch {
                throw RunStatus.internalError.exitCode(saying: "\(error)")
            }
            switch finding {
            case .whole(let first, let last, let value):
                let digits = value.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
                print("\(database): in order up to row \(last), chained from row \(first) on; the last is \(digits)")
            case .broken(let row, let what):
                throw RunStatus.expectationFailed.exitCode(saying: "\(database): row \(row) of the audit log \(what)")
            case .none:
                throw RunStatus.internalError.exitCode(
                    saying:
                        "\(database): its audit log is not chained; a server of this version begins the chain when it uses it"
                )
            }
        }
    }
}
