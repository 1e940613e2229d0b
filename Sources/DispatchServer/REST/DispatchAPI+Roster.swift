internal import DemandResponse
internal import DispatchStore
internal import HTTPTypes
internal import Hummingbird
internal import NIOConcurrencyHelpers
internal import SocketIO

/// Import of the roster: all of a file or nothing of it.
extension DispatchAPI {
    func addRoster(to router: Router<Context>) {
        router.put("/program") { request, context in try await importPrograms(request, context) }
        router.put("/customer") { request, context in try await importCustomers(request, context) }
    }

    /// Replaces the programs. One that is left out must have no customers.
    private func importPrograms(_ request: Request, _ context: Context) async throws -> Response {
        try await importing(request, context) { file, roster in
            let read = RosterImport(programs: file)
            let programs = try read.checked()
            let kept = Set(programs.map(\.id))
            let orphans = Dictionary(grouping: roster.customers.filter { !kept.contains($0.program) }, by: \.program)
            guard orphans.isEmpty else {
                throw APIError(
                    status: .conflict,
                    code: "program-in-use",
                    message: "nothing was imported: programs are left out that have customers",
                    details: orphans.sorted { $0.key < $1.key }.map { program, customers in
                        .init(field: "_id", message: "program \(program) has \(customers.count) customers")
                    }
                )
            }
            return (Roster(programs: programs, customers: roster.customers), programs.count, read.warnings)
        }
    }

    /// Replaces the customers, each of whom is enrolled in a program that there is.
    private func importCustomers(_ request: Request, _ context: Context) async throws -> Response {
        try await importing(request, context) { file, roster in
            let read = RosterImport(customers: file, programs: Set(roster.programs.map(\.id)))
            let customers = try read.checked()
            return (Roster(programs: roster.programs, customers: customers), customers.count, read.warnings)
        }
    }

    private typealias Imported = (roster: Roster, count: Int, warnings: [APIError.Detail])

    private func importing(
        _ request: Request,
        _ context: Context,
        _ read: @escaping @Sendable (ImportFile, Roster) throws -> Imported
    ) async throws -> Response {
        let spool = try await imports.arriving(from: context.address) {
            try await ImportSpool.collect(request.body, upTo: limits.importBytes, in: spoolDirectory)
        }
        // What an import replaces is read before it is written: two at once would lose one's work.
        return try await imports.alone {
            let imported = try await reading {
                try read(ImportFile(try spool.bytes()), try database.readRoster())
            }
            guard case .done = try await ask(context, { .rosterReplaced(imported.roster, $0) }) else {
                throw APIError.wrongAnswer
            }
            var json = JSONWriter()
            json.beginObject()
            json.key("imported")
            json.integer(imported.count)
            json.key("warnings")
            json.details(imported.warnings)
            json.endObject()
            return Response(json: json)
        }
    }
}

/// Lets one import in at a time, and a few be on their way; others are refused.
final class ImportGate: Sendable {
    private static let mostArriving = 16
    private static let mostArrivingPerAddress = 4

    private let isTaken = NIOLockedValueBox(false)
    /// How many come from each address.
    private let counts = NIOLockedValueBox<[String: Int]>([:])

    func arriving<Value>(from address: String, _ body: () async throws -> Value) async throws -> Value {
        let hasRoom = counts.withLockedValue { arriving in
            let own = arriving[address, default: 0]
            guard own < Self.mostArrivingPerAddress, arriving.values.reduce(0, +) < Self.mostArriving else {
                return false
            }
            arriving[address] = own + 1
            return true
        }
        guard hasRoom else { throw APIError.tooMuchUnfinished }
        defer {
            counts.withLockedValue { arriving in
                let own = arriving[address, default: 1] - 1
                arriving[address] = own > 0 ? own : nil
            }
        }
        return try await body()
    }

    func alone<Value>(_ body: () async throws -> Value) async throws -> Value {
        let isFree = isTaken.withLockedValue { taken in
            defer { taken = true }
            return !taken
        }
        guard isFree else {
            throw APIError(status: .conflict, code: "import-running", message: "another import is running; try again")
        }
        defer { isTaken.withLockedValue { $0 = false } }
        return try await body()
    }
}
