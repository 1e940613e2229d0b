import Analysis
import Base
import DemandResponse
import DispatchStore
import Journal
import Simulation
import TestSupport
import Testing

/// A change of the rules in each of: who, by which method, the message, an acknowledgement's meaning, timing.
@Suite struct PlantedChangeTests {
    private static let text = """
        name: Planted
        seed: 5
        starts: 2024-06-03T16:00:00-07:00
        lasts: 1h
        programs: [{id: 1, name: Cool Mornings, acknowledge_within: 5m}]
        customers:
          - {ids: 1..4, name: "Site {id}", program: 1, email: "{id}@sites.example", phone: "+16175550101", channels: [email, text, websocket]}
          - {id: 5, name: Nobody, program: 1, channels: []}
        clients:
          - {of: all, link: {delay: 40ms}, acknowledges: {after: 2m}}
          - {of: {customer: 3}, acknowledges: {after: 2m, declines: 100%}}
        carriers: {email: {delay: 1s}, text: {delay: 1s, fails: 100%}}
        timeline:
          - {at: 16:10, incident: {id: first, program: 1, event_type: market_dispatch, start: "16:20", end: "16:40"}}
          - {at: 16:15, modify: {incident: first, end: "16:35"}}
        expect: [dispatches == 13]
        """

    /// One record, of the rules that ship, for all tests.
    private static let original = Task { try await run(scenario: text) }

    struct Plant: Sendable, CustomTestStringConvertible {
        var change: PlantedChange
        var kind: ReplayDifference.Kind
        var row: JournalKind
        var customer: Customer.ID?
        var method: DispatchMethod?
        var fields: [String]
        var testDescription: String { "\(change)" }
    }

    static let plants = [
        Plant(change: .passesOver(2), kind: .missing, row: .dispatchRecorded, customer: 2, method: .email, fields: []),
        Plant(change: .noLonger(.text), kind: .missing, row: .dispatchRecorded, customer: 1, method: .text, fields: []),
        Plant(
            change: .otherWords("Shed load from {start} to {end}"),
            kind: .changed,
            row: .dispatchRecorded,
            customer: 1,
            method: .email,
            fields: ["message"]
        ),
        Plant(
            change: .takesDeclinesForAcceptances,
            kind: .changed,
            row: .acknowledgementRecorded,
            customer: 3,
            fields: ["answer"]
        ),
        Plant(
            change: .acknowledgeWithin(.minutes(1)),
            kind: .changed,
            row: .acknowledgementRecorded,
            customer: 1,
            fields: ["timeliness"]
        ),
        // The retry falls due three seconds before that of the record.
        Plant(
            change: .retries(RetryPolicy(firstDelay: .seconds(2))),
            kind: .extra,
            row: .deliveryRecorded,
            customer: 1,
            method: .text,
            fields: []
        ),
    ]

    private func replay(_ mode: ReplayFinding.Mode, _ rules: any DispatchRules) async throws -> ReplayFinding {
        let database = try RunRecord.openUnproven(at: try await Self.original.value.record)
        var replay = try Replay(database, mode: mode, rules: rules)
        return try replay.run()
    }

    @Test(arguments: [ReplayFinding.Mode.strict, .decisions])
    func `an unchanged build decides the same`(_ mode: ReplayFinding.Mode) async throws {
        let finding = try await replay(mode, Dispatcher())
        #expect(finding.isEqual, "\(String(describing: finding.first))")
        #expect(finding.effects > 100)
    }

    @Test(arguments: plants, [ReplayFinding.Mode.strict, .decisions])
    func `a changed rule is found where it first decides otherwise`(
        _ plant: Plant,
        _ mode: ReplayFinding.Mode
    ) async throws {
        let finding = try await replay(mode, PlantedRules(plant.change))
        let first = try #require(finding.first)
        let difference = first.difference
        #expect(difference.kind == plant.kind)
        #expect(difference.row.kind == plant.row)
        #expect(difference.row.customer == plant.customer)
        #expect(difference.row.method?.method == plant.method)
        if plant.kind == .changed { #expect(difference.fields.map(\.name.rawValue) == plant.fields) }
        #expect(first.inputs.contains { $0.input.kind == .incidentRequested })
        #expect(first.inputs.last?.sequence ?? .max <= difference.sequence)
        #expect(finding.differingInputs > 0)
        #expect(!finding.differences.isEmpty)
    }

    @Test(arguments: [
        (
            PlantedChange.passesOver(2),
            "customer 2, incident first: is no longer dispatched; was dispatched by email, text, websocket at "
        ),
        (.noLonger(.text), "incident first: text is no longer sent; was sent at "),
        (
            .otherWords("Now"),
            "incident first: the message now says \"Now\"; said \"Dear Voltan, You have been dispatched"
        ),
        (.takesDeclinesForAcceptances, "the answer is now acknowledged in time by "),
        (.retries(RetryPolicy(firstDelay: .seconds(2))), "sent again after 2 s"),
    ])
    func `what it comes to is said as of two ledgers`(_ change: PlantedChange, _ told: String) async throws {
        let finding = try await replay(.decisions, PlantedRules(change))
        #expect(finding.differences.contains { $0.text.contains(told) }, "\(finding.differences.map(\.text))")
        #expect(finding.differences.count < 12)
    }

    @Test func `a scenario run anew by the same build comes to the same`() async throws {
        let database = try RunRecord.openUnproven(at: try await Self.original.value.record)
        let finding = try await Resimulation(database, version: "test").run()
        #expect(finding.isEqual, "\(String(describing: finding.first))")
        #expect(finding.verdicts?.recorded == finding.verdicts?.replayed)
    }
}
