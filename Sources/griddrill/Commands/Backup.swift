internal import ArgumentParser
internal import DispatchStore
internal import Reports

struct Backup: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Copy a server's database as it is at one moment, while the server runs or not."
    )

    @Option(help: "The server's database file.")
    var database = "dispatcher.sqlite"

    @Argument(help: "The file to write; nothing may be there yet.")
    var copy: String

    func run() throws {
        do {
            try ServerDatabase.backUp(database, to: copy)
        } catch {
            throw RunStatus.internalError.exitCode(saying: "\(error)")
        }
    }
}
