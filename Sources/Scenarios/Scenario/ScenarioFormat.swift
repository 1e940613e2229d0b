internal import Base
import DemandResponse

/// A scenario as its file says it: every key read on its own, nothing yet held against anything else.
struct ScenarioDraft: Sendable {
    var name: String?
    var description: String?
    var tags: [String]
    var seed: UInt64?
    var starts: WrittenStart?
    var lasts: Located<Span>?
    var server: ServerSettings?
    var include: [Located<String>]
    var roster: RosterDraft
    /// `nil`: not there, or not to be read.
    var clients: [ClientDraft]?
    var carriers: [DispatchMethod: CarrierDraft]
    var timeline: [TimelineDraft]
    var faults: [FaultDraft]
    var expectations: [PlacedExpectation]
}

/// What is `nil` could not be read.
struct RosterDraft: Sendable {
    var programs: [ProgramDraft]?
    var customers: [CustomerDraft]?
}

private enum Keys {
    static let name = Key<String>.required("name", .text(.name), "What the scenario is called in reports.")
    static let description = Key<String>.optional("description", .text(.description), "What it is about.")
    static let tags = Key<[String]>.optional("tags", .tags, "Words by which it is picked out of a suite.")
    /// Is read before the rest: see ``MatrixReader``.
    static let matrix = Key<Matrix>.optional(
        "matrix",
        .matrix,
        "Values for names that stand in this file as $(name): each combination of them is a scenario of its own."
    )
    static let seed = Key<UInt64>.required(
        "seed",
        .seed,
        "From it derive all random draws: equal seeds, equal runs."
    )
    static let starts = Key<WrittenStart>.required(
        "starts",
        .notation(.start),
        "What the clock says at the beginning, with its offset from UTC."
    )
    static let lasts = Key<Located<Span>>.required(
        "lasts",
        .located(.notation(.duration)),
        "How long the run takes on that clock: at most 366d."
    )
    static let server = Key<ServerSettings>.optional("server", .server, "How the server is set.")
    static let include = Key<[Located<String>]>.optional(
        "include",
        .includedFiles,
        "Files with programs, customers, clients or carriers, which come before those that stand here; relative to this file."
    )
    static let programs = Key<[ProgramDraft]>.required(
        "programs",
        orElse: include.description.name,
        .list(of: .program),
        "The demand-response programs."
    )
    static let customers = Key<[CustomerDraft]>.required(
        "customers",
        orElse: include.description.name,
        .list(of: .customer),
        "Who is enrolled in the programs."
    )
    static let clients = Key<[ClientDraft]>.required(
        "clients",
        orElse: include.description.name,
        .list(of: .client),
        "How the people and machines at the other end behave."
    )
    static let carriers = Key<[DispatchMethod: CarrierDraft]>.optional(
        "carriers",
        .carriers,
        "What stands in for the mail and telephone networks."
    )
    static let timeline = Key<[TimelineDraft]>.required(
        "timeline",
        .list(of: .entry),
        "What happens on the grid."
    )
    static let faults = Key<[FaultDraft]>.optional("faults", .list(of: .fault), "What goes wrong; without it, nothing.")
    static let expect = Key<[PlacedExpectation]>.required(
        "expect",
        .list(of: .expectation),
        "What must be true in the end."
    )
}

extension Format where Value == ScenarioDraft {
    /// The top level of a scenario file.
    static let scenario = Format.object(
        "scenario",
        "A rehearsal of demand-response dispatches.",
        Keys.name,
        Keys.description,
        Keys.tags,
        Keys.matrix,
        Keys.seed,
        Keys.starts,
        Keys.lasts,
        Keys.server,
        Keys.include,
        Keys.programs,
        Keys.customers,
        Keys.clients,
        Keys.carriers,
        Keys.timeline,
        Keys.faults,
        Keys.expect
    ) {
        _,
        name,
        description,
        tags,
        _,
        seed,
        starts,
        lasts,
        server,
        include,
        programs,
        customers,
        clients,
        carriers,
        timeline,
        faults,
        expect in
        ScenarioDraft(
            name: name,
            description: description,
            tags: tags ?? [],
            seed: seed,
            starts: starts,
            lasts: lasts,
            server: server,
            include: include ?? [],
            roster: RosterDraft(programs: programs, customers: customers),
            clients: clients,
            carriers: carriers ?? [:],
            timeline: timeline ?? [],
            faults: faults ?? [],
            expectations: expect ?? []
        )
    }
}

extension Format where Value == InclusionDraft {
    /// The top level of a file that scenarios include.
    static let inclusion = Format.object(
        "included file",
        "What several scenarios have in common.",
        .optional("programs", Keys.programs.format, Keys.programs.description.documentation),
        .optional("customers", Keys.customers.format, Keys.customers.description.documentation),
        .optional("clients", Keys.clients.format, Keys.clients.description.documentation),
        Keys.carriers
    ) { _, programs, customers, clients, carriers in
        InclusionDraft(
            roster: RosterDraft(programs: programs, customers: customers),
            clients: clients,
            carriers: carriers ?? [:]
        )
    }
}

extension Format where Value == RosterDraft {
    /// The top level of a roster file.
    static let roster = Format.object(
        "roster",
        "Programs and the customers enrolled in them.",
        Keys.programs,
        Keys.customers
    ) { _, programs, customers in
        RosterDraft(programs: programs, customers: customers)
    }
}

extension Format where Value == ServerSettings {
    fileprivate static let server = Format.object(
        "server",
        "How the server under rehearsal is set.",
        .optional("ping_interval", .notation(.duration), "How often Engine.IO pings a session; without it, 25s."),
        .optional("ping_timeout", .notation(.duration), "How long it waits for the answer; without it, 20s.")
    ) { _, interval, timeout in
        ServerSettings(
            pingInterval: interval ?? ServerSettings.defaultPingInterval,
            pingTimeout: timeout ?? ServerSettings.defaultPingTimeout
        )
    }
}
