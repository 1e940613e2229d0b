import Base
import DemandResponse
import Journal
import Simulation
import Testing

@testable import DispatchServer

/// A machine's clock that somebody sets: incidents are judged by it as it is, intervals go on, and the journal says so.
@Suite struct EngineClockTests {
    private let rig: EngineRig

    init() throws { rig = try EngineRig(archiveAfter: .hours(24)) }

    private var steps: [Int64] {
        rig.memory.entries.compactMap { entry in
            guard case .clockSet(let step) = entry.input else { return nil }
            return step.microseconds / 1_000_000
        }
    }

    @Test func `set ahead and back again, it refuses nothing that it would not have refused`() {
        _ = rig.ask("first")
        rig.turn()
        rig.setClock(by: .hours(24))
        rig.turn(after: .seconds(1))
        let late = rig.ask { .incidentChanged(IncidentChange(id: EngineRig.id("first"), eventType: "late"), $0) }
        rig.turn()
        #expect(late.incident == nil, "by the clock as it is, that is over")
        rig.setClock(by: .zero - .hours(24))
        rig.turn(after: .seconds(1))
        let second = rig.ask("second")
        let change = rig.ask { .incidentChanged(IncidentChange(id: EngineRig.id("first"), eventType: "other"), $0) }
        rig.turn()
        #expect(second.incident == 2 && change.incident == 1, "the first one has not ended after all")
        #expect(steps == [86_400, -86_400])
    }

    @Test(arguments: [Span.hours(-1), .hours(24), .hours(-24 * 365)])
    func `a storage that failed is tried again after a second, whatever the clock says`(step: Span) {
        rig.storage.state = .full
        _ = rig.ask("a")
        rig.turn()
        rig.setClock(by: step)
        rig.turn(after: .milliseconds(999))
        #expect(rig.storage.refusals == 1)
        rig.turn(after: .milliseconds(1))
        #expect(rig.storage.refusals == 2)
        rig.storage.state = .healthy
        rig.turn(after: .seconds(1))
        let asked = rig.ask("b")
        rig.turn()
        #expect(asked.incident == 1)
    }

    @Test(arguments: [Span.hours(-1), .hours(1)])
    func `a carrier that says nothing is given as long as ever`(step: Span) {
        _ = rig.ask("a")
        rig.turn()
        #expect(rig.carrier.messages.count == 3)
        rig.setClock(by: step)
        rig.turn(after: RetryPolicy().reportWithin - .seconds(1))
        #expect(rig.memory.entries.allSatisfy { $0.input.kind != .deadlineReached })
        rig.turn(after: .seconds(1))
        #expect(rig.memory.entries.contains { $0.input.kind == .deadlineReached })
    }

    @Test func `nothing is archived by a wrong clock that is set right within the time for it`() {
        _ = rig.ask("a")
        rig.turn()
        rig.setClock(by: .hours(72))
        for _ in 0..<23 { rig.turn(after: .hours(1)) }
        #expect(rig.memory.entries.allSatisfy { $0.input.kind != .incidentsArchived })
        rig.setClock(by: .hours(-72))
        rig.turn(after: .seconds(1))
        for _ in 0..<60 { rig.turn(after: .hours(1)) }
        #expect(rig.memory.entries.contains { $0.input.kind == .incidentsArchived })
    }
}
