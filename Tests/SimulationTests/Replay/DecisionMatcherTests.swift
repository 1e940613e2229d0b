import Journal
import Base
import DemandResponse
import DispatchStore
import Journal
import Testing

@testable import Simulation

/// What a record holds beside what is decided now, input by input.
@Suite("Matching decisions") struct DecisionMatcherTests {
    private static func opening(_ message: String? = nil, at span: Span = .zero) -> [JournalRow] {
        var rows = DecidedRows(message: message)
        return rows.open("peak", at: span)
    }

    private static func isRecord(of customer: Customer.ID) -> (JournalRow) -> Bool {
        { $0.kind == .dispatchRecorded && $0.customer == customer }
    }

    private static func differences(
        _ recorded: [JournalRow],
        _ replayed: [JournalRow],
        _ mode: ReplayFinding.Mode = .decisions
    ) -> [ReplayDifference] {
        var matcher = DecisionMatcher(mode: mode)
        matcher.match(recorded, replayed)
        return matcher.finish()
    }

    @Test func `equal decisions do not differ`() {
        let rows = Self.opening()
        #expect(rows.count >= 5)
        #expect(Self.differences(rows, rows, .strict) == [])
    }

    @Test func `what stands on one side alone is missing or extra`() throws {
        let rows = Self.opening()
        let fewer = rows.filter { !Self.isRecord(of: 2)($0) }
        let missing = try #require(Self.differences(rows, fewer).first)
        #expect(missing.kind == .missing && missing.row.customer == 2 && missing.replayed == nil)
        let extra = try #require(Self.differences(fewer, rows).first)
        #expect(extra.kind == .extra && extra.row.customer == 2 && extra.recorded == nil)
        #expect(Self.differences(rows, fewer).count == 1 && Self.differences(fewer, rows).count == 1)
    }

    @Test(arguments: [true, false])
    func `a decision that comes at another input has moved, sooner or later`(_ isLater: Bool) throws {
        let now = Self.opening()
        let then = Self.opening(at: .seconds(3))
        let fewer = now.filter { !Self.isRecord(of: 2)($0) }
        let alone = then.filter(Self.isRecord(of: 2))
        var matcher = DecisionMatcher(mode: .decisions)
        matcher.sequence = 7
        if isLater { matcher.match(now, fewer) } else { matcher.match(fewer, now) }
        matcher.sequence = 9
        if isLater { matcher.match([], alone) } else { matcher.match(alone, []) }
        let differences = matcher.finish()
        let moved = try #require(differences.first)
        #expect(differences.count == 1)
        #expect(moved.kind == .moved && moved.sequence == 7)
        let (recorded, replayed) = (try #require(moved.recorded), try #require(moved.replayed))
        #expect(replayed.at - recorded.at == (isLater ? .seconds(3) : .zero - .seconds(3)))
    }

    @Test func `the same decision with other words has changed, and says in what`() {
        let differences = Self.differences(Self.opening(), Self.opening("Now"))
        #expect(differences.count > 3)
        for difference in differences {
            #expect(difference.kind == .changed)
            #expect(difference.fields.map(\.name) == [.message])
        }
    }

    @Test func `another order is told by a strict replay alone`() {
        let rows = Self.opening()
        #expect(Self.differences(rows, rows.reversed()) == [])
        #expect(Self.differences(rows, rows.reversed(), .strict).map(\.kind) == [.reordered])
    }

    @Test func `how a decision is carried out is told by a strict replay alone`() {
        var decided = DecidedRows()
        let rows = decided.join(1)
        #expect(!rows.isEmpty)
        let rooms = rows.filter { [.roomObservers, .roomEntered, .roomLeft].contains($0.kind) }
        let others = rows.filter { !rooms.contains($0) }
        #expect(Self.differences(rows, others) == [])
        #expect(Self.differences(rows, others, .strict).count == rooms.count)
        #expect(!rooms.isEmpty)
    }

    @Test func `what follows from a record that is missing is a consequence, and others' decisions are not`() {
        let rows = Self.opening()
        let differences = Self.differences(rows, rows.filter { $0.customer == nil })
        let own = differences.filter { !$0.isConsequence }
        #expect(own.map(\.row.customer) == [1, 1, 2])
        #expect(own.allSatisfy { $0.row.kind == .dispatchRecorded })
        #expect(differences.count > own.count)
    }

    @Test func `other words are a difference once for each customer`() {
        let differences = Self.differences(Self.opening(), Self.opening("Now"))
        let own = differences.filter { !$0.isConsequence }
        #expect(own.compactMap(\.row.customer).sorted() == [1, 2])
    }
}
