import Base
import DemandResponse
import Simulation
import Testing

@testable import DispatchServer

@Suite("An engine's archive") struct EngineArchivingTests {
    @Test func `takes what has been over for long enough, with the next turn, and only that`() throws {
        let rig = try EngineRig(archiveAfter: .hours(2))
        _ = rig.ask("over")
        rig.turn()
        _ = rig.node.inbox.submit(.deadlineReached)
        // It ends half past an hour from now: three and a half hours from now it has been over for two.
        for (span, archived) in [(Span.minutes(209), []), (.seconds(59), []), (.minutes(1), [1]), (.hours(1), [1])] {
            rig.turn(after: span)
            #expect(rig.memory.snapshot().archived == Set(archived))
        }
        let late = rig.ask("later")
        rig.turn()
        rig.turn(after: .hours(1))
        #expect(late.incident == 2)
        #expect(rig.memory.snapshot().archived == [1])
    }

    @Test func `is not looked at before a minute has gone since rules began anew`() throws {
        let rig = try EngineRig(archiveAfter: .hours(2))
        _ = rig.ask("over")
        rig.turn()
        rig.storage.state = .full
        rig.turn(after: .hours(4))
        #expect(rig.storage.refusals == 1)
        rig.storage.state = .healthy
        rig.turn(after: .seconds(1))
        #expect(rig.memory.snapshot().archived == [])
        rig.turn(after: .minutes(1))
        #expect(rig.memory.snapshot().archived == [1])
    }
}
