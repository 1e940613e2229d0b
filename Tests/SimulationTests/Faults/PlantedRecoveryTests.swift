import DemandResponse
import DispatchStore
import Journal
import Simulation
import TestSupport
import Testing

/// A recovery that forgets, and an engine that tells what is not kept: each is caught by an invariant.
@Suite struct PlantedRecoveryTests {
    /// Like killed-at-the-peak, only smaller: killed when nobody has been told yet, and again among the answers.
    private static let killed = """
        name: Killed
        seed: 5
        starts: 2024-06-03T16:00:00-07:00
        lasts: 40m
        programs: [{id: 1, name: Cool Mornings, acknowledge_within: 15m}]
        customers:
          - {ids: 1..20, name: "Site {id}", program: 1, channels: [websocket]}
          - {ids: 21..30, name: "Plant {id}", program: 1, email: "plant{id}@peak.example", channels: [email, websocket]}
        clients:
          - {of: all, link: {delay: 40ms}, acknowledges: {after: "uniform(5s, 90s)"}}
          - {of: {customer: 20}, connects: {at: 16:15}}
        carriers: {email: {delay: 5s}}
        timeline:
          - {at: 16:10, incident: {id: peak, program: 1, event_type: market_dispatch, start: "16:30", end: "16:35"}}
        faults:
          - {on: {committed: peak}, restart: {how: kill, down: 5s, between: [commit, effects]}}
          - {on: {acknowledged: peak, nth: 10}, restart: {how: kill, down: 5s}}
        expect: [dispatches == 40, acknowledged == 30]
        """

    private func broken(_ run: ScenarioRun) -> [Int] {
        run.outcome.checks.filter { $0.violationCount > 0 }.map(\.number)
    }

    @Test func `the recovery that ships breaks nothing`() async throws {
        let run = try await run(scenario: Self.killed, storage: { $0 })
        #expect(run.outcome.checks.flatMap(\.violations) == [])
        #expect(run.outcome.checks.first { $0.number == 9 }?.examined ?? 0 > 0)
        #expect(run.outcome.header.verdict == .passed)
    }

    struct Forgetting: CustomTestStringConvertible, Sendable {
        let what: String
        let forget: @Sendable (inout DispatcherSnapshot) -> Void
        /// The invariant that says so.
        let invariant: Int

        var testDescription: String { what }
    }

    static let forgetting: [Forgetting] = [
        Forgetting(what: "the acknowledgements", forget: { $0.acknowledgements = [] }, invariant: 8),
        Forgetting(
            what: "that it has no word of what it handed out",
            forget: { snapshot in
                for index in snapshot.records.indices where snapshot.records[index].delivery.state == .sending {
                    snapshot.records[index].delivery.state = .sent
                }
            },
            invariant: 9
        ),
        Forgetting(
            what: "who still waits",
            forget: { snapshot in
                for index in snapshot.records.indices where snapshot.records[index].delivery.state == .pending {
                    snapshot.records[index].delivery.state = .withdrawn
                }
            },
            invariant: 9
        ),
        Forgetting(what: "whom it has dispatched", forget: { $0.records = [] }, invariant: 9),
        Forgetting(
            what: "the last incident",
            forget: { snapshot in
                guard let last = snapshot.incidents.popLast() else { return }
                snapshot.records.removeAll { $0.dispatch.key.incident == last.number }
                snapshot.nextNumber -= 1
            },
            invariant: 6
        ),
    ]

    @Test(arguments: forgetting)
    func `a recovery that forgets is caught`(forgetting: Forgetting) async throws {
        let run = try await run(scenario: Self.killed) { snapshot in
            var snapshot = snapshot
            forgetting.forget(&snapshot)
            return Dispatcher(restoring: snapshot)
        }
        #expect(broken(run).contains(forgetting.invariant), "\(run.outcome.checks)")
        #expect(run.outcome.header.verdict == .violated)
    }

    @Test func `a storage that says to have kept an incident and has not is caught`() async throws {
        let run = try await run(scenario: Self.killed) { storage in
            LosingStorage(storage) { $0.effects.contains { if case .record(.incident) = $0 { true } else { false } } }
        }
        #expect(broken(run).contains(2), "\(run.outcome.checks)")
    }

    @Test func `a storage that says to have kept an acknowledgement and has not is caught`() async throws {
        let run = try await run(scenario: Self.killed) { storage in
            LosingStorage(storage) { entry in
                entry.effects.contains {
                    if case .record(.acknowledgement(let answer)) = $0 { answer.customer == 7 } else { false }
                }
            }
        }
        #expect(broken(run).contains(4), "\(run.outcome.checks)")
    }

    @Test func `effects that leave before their commit are caught when the commit does not come any more`() async throws
    {
        let run = try await run(scenario: Self.killed) { LateStorage($0) }
        #expect(broken(run).contains(4), "\(run.outcome.checks)")
    }
}

/// Says to keep everything, and loses some of it.
private final class LosingStorage: DispatchStorage {
    private let storage: any DispatchStorage
    private let loses: @Sendable (JournalEntry) -> Bool

    init(_ storage: any DispatchStorage, _ loses: @escaping @Sendable (JournalEntry) -> Bool) {
        self.storage = storage
        self.loses = loses
    }

    func commit(_ entries: [JournalEntry]) throws(StoreError) { try storage.commit(entries.filter { !loses($0) }) }
    func snapshot() throws(StoreError) -> DispatcherSnapshot { try storage.snapshot() }
    func probe() throws(StoreError) { try storage.probe() }
}

/// Keeps what was committed only with the next commit: what it holds back is carried out by then, and a crash loses it.
private final class LateStorage: DispatchStorage {
    private let storage: any DispatchStorage
    private var heldBack: [JournalEntry] = []

    init(_ storage: any DispatchStorage) { self.storage = storage }

    func commit(_ entries: [JournalEntry]) throws(StoreError) {
        try storage.commit(heldBack)
        heldBack = entries
    }

    func snapshot() throws(StoreError) -> DispatcherSnapshot {
        heldBack = []
        return try storage.snapshot()
    }

    func probe() throws(StoreError) { try storage.probe() }
}
