internal import Base
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
        router.get("/roster") { request, _ in try await earlierRosters(request) }
        router.post("/roster/:id/restore") { request, context in try await restoreRoster(request, context) }
    }

    /// Replaces the programs. One that is left out must have no customers.
    private func importPrograms(_ request: Request, _ context: Context) async throws -> Response {
        try await importing(request, context, RosterImport<Program>.columns) { file, roster in
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
            let replacing = Roster(programs: programs, customers: roster.customers)
            return Replacement(roster: replacing, count: programs.count, warnings: read.warnings)
        }
    }

    /// Replaces the customers, each of whom is enrolled in a program that there is.
    private func importCustomers(_ request: Request, _ context: Context) async throws -> Response {
        try await importing(request, context, RosterImport<Customer>.columns) { file, roster in
            let read = RosterImport(customers: file, programs: Set(roster.programs.map(\.id)))
            let customers = try read.checked()
            let replacing = Roster(programs: roster.programs, customers: customers)
            return Replacement(roster: replacing, count: customers.count, warnings: read.warnings)
        }
    }

    /// What a request would make of the roster.
    private struct Replacement {
        var roster: Roster
        /// How many programs or customers were sent; `nil`: both were.
        var count: Int?
        var warnings: [APIError.Detail] = []
    }

    private func importing(
        _ request: Request,
        _ context: Context,
        _ columns: ImportColumns,
        _ read: @escaping @Sendable (ImportFile, Roster) throws -> Replacement
    ) async throws -> Response {
        var query = QueryReader(request)
        let (isDryRun, allowsEmpty) = (query.flag("dry_run") ?? false, query.flag("allow_empty") ?? false)
        try query.check()
        let form = try ImportForm(contentType: request.headers[.contentType])
        let spool = try await imports.arriving(from: context.address) {
            try await ImportSpool.collect(request.body, upTo: limits.importBytes, in: spoolDirectory)
        }
        return try await replacing(request, context, isDryRun: isDryRun) { roster in
            let file = ImportFile(try spool.bytes(), as: form, columns: columns)
            guard allowsEmpty || !file.isBare else {
                throw APIError(
                    status: .badRequest,
                    code: "empty-import",
                    message: "nothing was imported: the file holds no record, and everything would be removed; "
                        + "?allow_empty=true says that this is meant"
                )
            }
            return try read(file, roster)
        }
    }

    /// Replaces the roster, as an input like any other, and tells what that changes; a dry run tells it only.
    private func replacing(
        _ request: Request,
        _ context: Context,
        isDryRun: Bool,
        _ make: @escaping @Sendable (Roster) throws -> Replacement
    ) async throws -> Response {
        // What an import replaces is read before it is written: two at once would lose one's work.
        return try await imports.alone {
            if isDryRun {
                return try await answer(reading(.imports) { try replaced(database.readRoster(), make) }, isDryRun: true)
            }
            return try await once(request, context) { earlier in
                // What it did to the roster that there was.
                let (old, new) = try await reading(.imports) {
                    try replaced(database.readRoster(before: earlier.sequence), make)
                }
                try earlier.check(isFor: { .rosterReplaced(new.roster, $0) })
                return answer((old, new), isDryRun: false)
            } change: {
                let (old, new) = try await reading(.imports) { try replaced(database.readRoster(), make) }
                guard case .done = try await ask(context, { .rosterReplaced(new.roster, $0) }) else {
                    throw APIError.wrongAnswer
                }
                return answer((old, new), isDryRun: false)
            }
        }
    }

    private func replaced(
        _ old: Roster,
        _ make: (Roster) throws -> Replacement
    ) throws -> (old: Roster, new: Replacement) {
        (old, try make(old))
    }

    private func answer(_ replaced: (old: Roster, new: Replacement), isDryRun: Bool) -> Response {
        let (old, new) = replaced
        let programs = ImportChanges(from: old.programs, to: new.roster.programs, by: \.id)
        let customers = ImportChanges(from: old.customers, to: new.roster.customers, by: \.id)
        var json = JSONWriter()
        json.beginObject()
        if let count = new.count {
            json.key("imported")
            json.integer(count)
            // The other half of the roster stays as it is.
            json.members(programs.isEmpty ? customers : programs)
        } else {
            for (name, changes) in [("programs", programs), ("customers", customers)] {
                json.key(name)
                json.beginObject()
                json.members(changes)
                json.endObject()
            }
        }
        json.key("dryRun")
        json.bool(isDryRun)
        json.key("warnings")
        json.details(new.warnings)
        json.endObject()
        return Response(json: json)
    }
}

// MARK: - Earlier rosters

extension DispatchAPI {
    private func earlierRosters(_ request: Request) async throws -> Response {
        try QueryReader(request).check()
        let rosters = try await reading(.lists) { try database.readEarlierRosters() }
        var json = JSONWriter()
        json.beginArray()
        for roster in rosters {
            json.beginObject()
            json.key("_id")
            json.integer(roster.id)
            json.key("at")
            json.string(roster.at.iso8601)
            json.key("programs")
            json.integer(roster.programCount)
            json.key("customers")
            json.integer(roster.customerCount)
            json.key("isCurrent")
            json.bool(roster.isCurrent)
            json.endObject()
        }
        json.endArray()
        return Response(json: json)
    }

    private func restoreRoster(_ request: Request, _ context: Context) async throws -> Response {
        let id = try integer("id", context)
        var query = QueryReader(request)
        let isDryRun = query.flag("dry_run") ?? false
        try query.check()
        return try await replacing(request, context, isDryRun: isDryRun) { _ in
            guard let roster = try database.readEarlierRoster(id) else {
                throw APIError.notFound("there is no earlier roster \(id); GET /roster lists them")
            }
            return Replacement(roster: roster)
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
