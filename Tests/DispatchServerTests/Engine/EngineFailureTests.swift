import Base
import DemandResponse
import Journal
import Simulation
import Testing

@testable import DispatchServer

/// An engine whose storage fails: those who wait are told, nothing is told that was not kept, and it goes on by itself.
@Suite struct EngineFailureTests {
    private let rig: EngineRig

    init() throws { rig = try EngineRig() }

    @Test func `what is not kept is refused to those who wait, and nobody is told of it`() {
        rig.storage.state = .full
        let kept = rig.memory.entries.count
        let asked = [rig.ask("a"), rig.ask("b")]
        rig.turn()
        #expect(asked.map(\.error) == [.full, .full])
        #expect(rig.memory.entries.count == kept)
        #expect(rig.carrier.messages.isEmpty)
    }

    /// What is done while the disk is full and after, and how often the storage has refused by then.
    private enum Step {
        case ask
        case wait(Span)
    }

    @Test func `read-only, it tries again with the next input, or after a second, and not before`() {
        rig.storage.state = .full
        let refusals = [Step.ask, .wait(.milliseconds(999)), .wait(.milliseconds(1)), .ask, .wait(.milliseconds(500))]
            .map {
                step in
                switch step {
                case .ask:
                    _ = rig.ask("a")
                    rig.turn()
                case .wait(let span): rig.turn(after: span)
                }
                return rig.storage.refusals
            }
        #expect(refusals == [1, 1, 2, 3, 3])
        #expect(rig.node.engine.nextDeadline == rig.now + .milliseconds(500))
    }

    @Test func `once it can be written again, rules go on from what it holds, and the same request is taken`() {
        let first = rig.ask("first")
        rig.turn()
        rig.storage.state = .full
        let refused = rig.ask("second")
        rig.turn()
        rig.storage.state = .healthy
        let again = rig.ask("second")
        let third = rig.ask("third")
        let change = rig.ask { .incidentCancelled(EngineRig.id("first"), $0) }
        rig.turn()
        #expect(first.incident == 1)
        #expect(refused.error == .full)
        // The second was decided once in vain: neither its number nor its name is taken.
        #expect([again.incident, third.incident, change.incident] == [2, 3, 1])
        #expect(rig.memory.incidents == ["first", "second", "third"].map(EngineRig.id))
    }

    @Test func `rules that begin anew begin with what was left half done`() throws {
        _ = rig.ask("first")
        rig.turn()
        rig.storage.state = .full
        _ = rig.ask("second")
        rig.turn()
        rig.storage.state = .healthy
        let kept = rig.memory.entries.count
        rig.turn(after: .seconds(1))
        let began = try #require(rig.memory.entries.dropFirst(kept).first)
        guard case .started = began.input else {
            Issue.record("the first that was kept was \(began.input)")
            return
        }
        // Of the first incident's three messages the carrier had said nothing yet.
        #expect(rig.carrier.messages.map(\.attempt) == [1, 1, 1, 2, 2, 2])
        #expect(Set(rig.carrier.messages.map(\.dispatch.incident)) == [EngineRig.id("first")])
        // Nothing of its own keeps it awake but what the carrier has to say.
        #expect(rig.node.engine.nextDeadline ?? rig.now > rig.now + .seconds(1))
    }

    @Test(arguments: 1...5 as ClosedRange<UInt64>)
    func `a storage that fails now and then answers everybody once, with what is true`(seed: UInt64) throws {
        let rig = try EngineRig(seed: seed)
        rig.storage.state = .failing(partsPerMillion: 400_000)
        var asked: [(name: String, asked: Asked)] = []
        for number in 1...60 {
            asked.append(("\(number)", rig.ask("\(number)")))
            if number.isMultiple(of: 2) { rig.turn(after: .milliseconds(300)) }
        }
        let taken = asked.filter { $0.asked.incident != nil }
        #expect(asked.allSatisfy { $0.asked.count == 1 })
        #expect(rig.storage.refusals > 5)
        #expect(taken.count > 5 && taken.count < 60)
        #expect(taken.map { EngineRig.id($0.name) } == rig.memory.incidents)
        #expect(Set(rig.carrier.messages.map(\.dispatch.incident)).isSubset(of: rig.memory.incidents))
    }
}
