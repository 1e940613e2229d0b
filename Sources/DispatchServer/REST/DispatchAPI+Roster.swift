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
        let body = try await request.body.collect(upTo: limits.importBytes)
        // What an import replaces is read before it is written: two at once would lose one's work.
        return try await imports.alone {
            let imported = try await reading(.imports) {
                try read(ImportFile(Array(body.readableBytesView)), try database.readRoster())
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

/// Lets one import in at a time; another one is refused.
final class ImportGate: Sendable {
    private let isTaken = NIOLockedValueBox(false)

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
