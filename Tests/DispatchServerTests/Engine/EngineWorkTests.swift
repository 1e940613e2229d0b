import Base
import DemandResponse
import NIOConcurrencyHelpers
import Testing

@testable import DispatchServer

@Suite("An engine's turn") struct EngineWorkTests {
    @Test func `ends when it has done much, and puts the rest off`() throws {
        let rig = try EngineRig()
        let asked = (1...4).map { rig.ask("\($0)") }
        let rest = rig.node.engine.turn(rig.node.inbox.takeWaiting() ?? [], at: rig.now, mostWork: 2)
        #expect(asked.map(\.count) == [1, 0, 0, 0])
        #expect(rest.count == 3)
        rig.node.inbox.putBack(rest)
        rig.turn()
        #expect(asked.map(\.count) == [1, 1, 1, 1])
        #expect(asked.compactMap(\.incident) == [1, 2, 3, 4])
    }

    @Test func `asks the rules a question only after all that came before it, also what was put off`() throws {
        let rig = try EngineRig()
        let known = NIOLockedValueBox<[Int]>([])
        let asked = (1...3).map { rig.ask("\($0)") }
        _ = rig.node.inbox.ask { rules, now in
            let incidents = rules?.lapsedIncidents(at: now + .hours(1_000)) ?? []
            known.withLockedValue { $0.append(incidents.count) }
        }
        let rest = rig.node.engine.turn(rig.node.inbox.takeWaiting() ?? [], at: rig.now, mostWork: 2)
        #expect(known.withLockedValue { $0 } == [])
        rig.node.inbox.putBack(rest)
        rig.turn()
        #expect(known.withLockedValue { $0 } == [3])
        #expect(asked.map(\.count) == [1, 1, 1])
    }

    @Test func `decides nothing for a session that is gone`() throws {
        let rig = try EngineRig()
        let session = SessionID(1)
        _ = rig.node.inbox.submit(.sessionConnected(session))
        let joined = rig.ask { .sessionJoined(session, 1, $0) }
        _ = rig.node.inbox.close(session, isExpelled: false)
        let before = rig.memory.entries.count
        rig.turn()
        #expect(rig.memory.entries.count == before + 2)
        #expect(joined.count == 0)
    }
}
