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
            let database = try DispatchDatabase.openRecord(at: database)
            try database.backUp(to: copy)
            try database.close()
        } catch {
            throw RunStatus.internalError.exitCode(saying: "\(error)")
        }
    }
}
