import Journal
import DemandResponse
import Journal
import Testing

@testable import Simulation

/// Rules that refuse an incident, or open another one, number the later ones otherwise.
@Suite("Numbers of incidents") struct IncidentNumbersTests {
    /// The rows of two incidents, numbered 1 and 2, and of the second one where the first was never opened.
    private let first: [JournalRow]
    private let second: [JournalRow]
    private let alone: [JournalRow]

    init() {
        var both = DecidedRows()
        first = both.open("first")
        second = both.open("second")
        var one = DecidedRows()
        alone = one.open("second")
    }

    private func numbers(_ rows: [JournalRow]) -> Set<Incident.Number> { Set(rows.compactMap(\.incident)) }

    private func report(on incident: Incident.Number) -> Input {
        let key = DispatchKey(incident: incident, customer: 1, method: .email)
        return .deliveriesReported([DeliveryReport(key: key, modification: 0, attempt: 1, outcome: .sent)])
    }

    private func incident(of input: Input) -> Incident.Number? {
        guard case .deliveriesReported(let reports) = input else { return nil }
        return reports.first?.key.incident
    }

    @Test func `as long as both open the same, a number means the same`() {
        var numbers = IncidentNumbers()
        numbers.learn(first, first)
        numbers.learn(second, second)
        #expect(numbers.areSame)
        #expect(numbers.recorded(second) == second)
        #expect(incident(of: numbers.replayed(report(on: 2))) == 2)
    }

    @Test func `after one that is no longer opened, rows and reports go by the number of the other side`() {
        var numbers = IncidentNumbers()
        numbers.learn(first, [])
        #expect(!numbers.areSame)
        numbers.learn(second, alone)
        #expect(self.numbers(alone) == [1])
        #expect(self.numbers(numbers.recorded(alone)) == [2])
        #expect(incident(of: numbers.replayed(report(on: 2))) == 1)
        // Of the one that is no longer opened there is none that it could mean.
        #expect(incident(of: numbers.replayed(report(on: 1))) == .max)
    }

    @Test func `one that the record does not have gets a number that no record has`() {
        var numbers = IncidentNumbers()
        numbers.learn([], first)
        #expect(self.numbers(numbers.recorded(first)) == [-1])
        numbers.learn(alone, second)
        #expect(self.numbers(numbers.recorded(second)) == [1])
        #expect(incident(of: numbers.replayed(report(on: 1))) == 2)
    }
}
