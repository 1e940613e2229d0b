import Analysis
import Base
import DemandResponse
import DispatchStore
import Journal
import Measures
import TestSupport

@testable import Reports

/// A record as a run leaves it, small enough to check and large enough to have percentiles.
///
/// Incident `peak` calls program 1 (sites 1 to `sites` over Socket.IO, the first also by email), `games` program 2 (one customer
/// whom nothing reaches). Site n has it after 40 + n ms and answers n seconds later, but for the last three.
struct SampleRun {
    static let start = Timestamp(microseconds: 1_566_963_000_000_000)

    var name = "Evening peak on two programs"
    var description = "A market dispatch, one customer offline, one without any channel."
    var path = "scenarios/evening-peak.yaml"
    var world = RunHeader.World.virtual
    var speed = 1.0
    var unplayed: [String] = []
    var tags: [String] = []
    var verdict: RunHeader.Verdict? = .passed
    var wall: Span? = .milliseconds(840)
    var sites = 120
    var siteName = "Site"
    /// Of the sites in turn; empty: they belong to none.
    var groups: [String] = []
    /// Nothing was dispatched.
    var isEmpty = false
    var expectations = [
        ExpectationFinding(line: 38, text: "dispatches == 122", observed: "122", held: true),
        ExpectationFinding(
            line: 39,
            text: "acknowledged{program:1} >= 94% within 10m",
            observed: "117 of 120 (97.5 %)",
            held: true
        ),
    ]
    var checks = [
        CheckFinding(number: 1, name: "coverage", examined: 122, violationCount: 0, violations: []),
        CheckFinding(number: 2, name: "no phantom", examined: 240, violationCount: 0, violations: []),
        CheckFinding(number: 9, name: "restart", examined: 0, violationCount: 0, violations: []),
    ]

    static let failing = [
        ExpectationFinding(line: 38, text: "dispatches == 122", observed: "122", held: true),
        ExpectationFinding(
            line: 40,
            text: "acknowledgement_latency{program:1}.p90 < 1m",
            observed: "1 m 48 s",
            held: false
        ),
        ExpectationFinding(
            line: 41,
            text: "confirmation_latency{channel:voice}.p99 < 2s",
            observed: "",
            held: false,
            explanation: "no samples: nobody was reached by voice"
        ),
    ]

    /// One that is known to fall short, one that was, and one that is known no longer.
    static let known = {
        let storm = KnownFailure(issue: "#12", until: "2027-01-31", why: "the modems are slow")
        return [
            ExpectationFinding(line: 38, text: "dispatches == 122", observed: "122", held: true),
            ExpectationFinding(line: 40, text: "late == 0", observed: "3", held: false, known: storm),
            ExpectationFinding(line: 41, text: "declined == 0", observed: "0", held: true, known: storm),
            ExpectationFinding(
                line: 42,
                text: "failed == 0",
                observed: "1",
                held: false,
                known: KnownFailure(issue: "#9", until: "2026-01-31", why: "a number is wrong"),
                knownIsOver: true
            ),
        ]
    }()

    static let broken = [
        CheckFinding(number: 1, name: "coverage", examined: 122, violationCount: 0, violations: []),
        CheckFinding(
            number: 6,
            name: "monotone",
            examined: 1_234,
            violationCount: 12,
            violations: (1...7).map {
                CheckFinding.Violation(
                    at: start + .minutes(Int64($0)),
                    message: "customer \($0) saw the cancellation of peak before its dispatch, in session 1"
                )
            }
        ),
    ]

    /// What is said of the latencies of the one below.
    static let violatedNotes = [
        "wall time: delivery over websocket, confirmation and dispatch lag, which are the software's; grid time, 60 times as fast: "
            + "acknowledgement, and delivery by carriers with what the software adds to it",
        "not played by a live run, which has the network it runs on: link",
    ]

    /// A live run in which everything goes wrong.
    static var violated: SampleRun {
        var run = SampleRun()
        run.name = "A drill with a very long name that somebody gave it so that it would say everything there is"
        run.description = ""
        run.world = .live
        run.speed = 60
        run.unplayed = ["link"]
        run.verdict = .violated
        run.wall = .seconds(121)
        run.sites = 12
        run.expectations = failing
        run.checks = broken
        return run
    }

    /// Of so many customers something else was decided, each in another way; the approved ledger names the first at line 10.
    static func deciding(_ count: Int) -> DecisionReview {
        let differences = (1...count).map { number in
            DecisionDifference(
                subject: "customer \(number), incident peak",
                change: "text is no longer sent; was sent at 20:\(9 + number):00",
                count: 1,
                approvedLine: number == 1 ? 10 : nil
            )
        }
        return DecisionReview(approvedPath: "scenarios/approved/evening-peak.ledger", .different(differences))
    }

    func write(to path: String) throws -> RunRecord {
        let database = try RunRecord.create(at: path)
        if !isEmpty { try writeEvents(into: database) }
        try database.write(expectations, checks)
        try database.write(header)
        return database
    }

    private func writeEvents(into database: RunRecord) throws {
        let writer = RecordWriter(database)
        var dispatcher = Dispatcher()
        func handle(_ input: Input, _ span: Span) {
            let at = Self.start + span
            writer.commit([JournalEntry(input: input, at: at, effects: dispatcher.handle(input, at: at))])
        }
        handle(.rosterReplaced(roster, nil), .zero)
        handle(.sessionConnected(SessionID(1)), .zero)
        let peak = open(1, in: handle)
        _ = open(2, in: handle)
        for site in 1...sites { writer.append(seen(.received, site, .milliseconds(1_040 + Int64(site)))) }
        let email = DispatchKey(incident: 1, customer: 1, method: .email)
        let report = DeliveryReport(key: email, modification: 0, attempt: 1, outcome: .delivered)
        handle(.deliveriesReported([report]), .seconds(4))
        for site in 1...max(1, sites - 3) {
            let id = DispatchKey(incident: 1, customer: site, method: .websocket).id(incident: peak)
            handle(
                .acknowledged(AcknowledgementRequest(dispatch: id, by: "x"), SessionID(1), nil),
                .seconds(Int64(site + 1))
            )
            writer.append(seen(.acknowledged, site, .milliseconds(Int64(site) * 1_000 + 960)))
            writer.append(seen(.confirmed, site, .milliseconds(Int64(site) * 1_000 + 1_040)))
        }
        try writer.finish()
        try database.write([step("peak", 1), step("games", 2)])
    }

    func summary(in scratch: Scratch, decisions: DecisionReview? = nil) throws -> RunSummary {
        let database = try write(to: scratch.file())
        let path = "reports/evening-peak/record.sqlite"
        let summary = try RunSummary(record: database, recordPath: path, decisions: decisions)
        try database.close()
        return summary
    }

    /// Writes the files of its reports.
    @discardableResult
    func report(in scratch: Scratch, decisions: DecisionReview? = nil) throws -> RunSummary {
        let database = try write(to: scratch.file())
        let files = try RunFiles(database, decisions: decisions)
        try database.close()
        return try files.write(into: scratch.path)
    }

    private var roster: Roster {
        let sites = (1...sites).map {
            Customer(
                id: $0,
                name: "\(siteName) \($0)",
                email: "site\($0)@grid.example",
                program: 1,
                group: groups.isEmpty ? nil : groups[$0 % groups.count],
                methods: $0 == 1 ? [.email, .websocket] : [.websocket]
            )
        }
        return Roster(
            programs: [
                Program(id: 1, name: "Green Mountain Energy Cool Mornings", acknowledgeWithin: .minutes(10)),
                Program(id: 2, name: "Funny Games Power Saver"),
            ],
            customers: sites + [Customer(id: 9_999, name: "Customer with no channel", program: 2, methods: [])]
        )
    }

    private var header: RunHeader {
        RunHeader(
            name: name,
            description: description,
            path: path,
            scenario: "name: \(name)\n",
            scenarioSHA256: "9f86d081884c7d65",
            seed: 7,
            world: world,
            speed: speed,
            version: "0.1",
            repeatCommand: "griddrill run \(path) --seed 7",
            startsAt: Self.start,
            endsAt: Self.start + .hours(2),
            wallStartedAt: Timestamp(microseconds: 1_700_000_000_000_000),
            wallFinishedAt: wall.map { Timestamp(microseconds: 1_700_000_000_000_000) + $0 },
            wallDuration: wall,
            verdict: verdict,
            unplayed: unplayed,
            tags: tags
        )
    }

    private func open(_ program: Program.ID, in handle: (Input, Span) -> Void) -> UniqueID {
        let id = UniqueID(high: 0x1111_1111_1111_5111, low: UInt64(program))
        let request = IncidentRequest(
            id: id,
            correlation: id,
            program: program,
            eventType: "market_dispatch",
            period: Incident.Period(start: Self.start + .hours(1), end: Self.start + .hours(2))
        )
        handle(.incidentRequested(request, nil), .seconds(1))
        return id
    }

    private func step(_ name: String, _ incident: Incident.Number) -> ScriptStep {
        let at = Self.start + .seconds(1)
        return ScriptStep(kind: .incident, name: name, dueAt: at, incident: incident, committedAt: at)
    }

    private func seen(_ kind: Observation.Kind, _ customer: Customer.ID, _ span: Span) -> Observation {
        var observation = Observation(at: Self.start + span, kind, customer: customer, session: 1)
        observation.incident = 1
        observation.method = .some(.websocket)
        observation.modification = 0
        return observation
    }
}
