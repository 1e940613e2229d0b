internal import ArgumentParser
internal import DemandResponse
internal import DispatchServer
internal import DispatchStore
internal import Journal
internal import Reports

struct Rosters: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "roster",
        abstract: "List the rosters that a server's database had, and put one of them back.",
        discussion: """
            Every import keeps the roster that it replaces: the journal has them all, and the latest are offered. A running server \
            lists them at GET /roster, and POST /roster/ID/restore puts one back; griddrill roster restore does so while none runs.
            """,
        subcommands: [List.self, Restore.self]
    )

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List the latest rosters, while the server runs or not."
        )

        @Option(help: "The server's database file.")
        var database = "dispatcher.sqlite"

        func run() throws {
            do {
                let database = try ServerDatabase.openForReading(at: database)
                let table = EarlierRosterTable(try database.readEarlierRosters(), style: Terminal.standardOutput)
                print(table.text, terminator: "")
                try database.close()
            } catch {
                throw RunStatus.internalError.exitCode(saying: "\(error)")
            }
        }
    }

    struct Restore: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract:
                "Put an earlier roster back, as an import like any other; no server may be running on the database."
        )

        @Option(help: "The server's database file.")
        var database = "dispatcher.sqlite"

        @Argument(
            help:
                "The roster's id, as griddrill roster list shows it; without it the latest that is not the present one."
        )
        var id: Int?

        func run() throws {
            do {
                // Nothing is made of a path that is mistyped.
                try ServerDatabase.openForReading(at: database).close()
                let database = try ServerDatabase.open(at: database)
                let restoration = RosterRestoration(database)
                let id = try id ?? restoration.latest()
                let roster = try restoration.restore(id)
                print("restored \(id): \(roster.programs.count) programs, \(roster.customers.count) customers")
                try database.close()
            } catch let error as StoreError where error.code == .busy {
                throw RunStatus.internalError.exitCode(
                    saying: "\(error); to restore there, ask it: POST /roster/ID/restore"
                )
            } catch {
                throw RunStatus.internalError.exitCode(saying: "\(error)")
            }
        }
    }
}
