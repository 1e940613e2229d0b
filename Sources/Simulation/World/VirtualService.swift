internal import Base
internal import DemandResponse
internal import DispatchServer
internal import DispatchStore

/// The dispatcher's service in the virtual world: inputs wait in a queue and are handled between two events of the world, in
/// order; what came of them goes to the record and then, as in a live server, to the outlets.
///
/// `@unchecked`: as an `InputSink` it has to be `Sendable`, and is used on the one thread of its world.
final class VirtualService: InputSink, @unchecked Sendable {
    private var rules: any DispatchRules
    private var waiting: [Submission] = []
    private let record: RecordWriter
    /// Asked between any two events: asking the rules would copy them, since it is not known here which they are.
    private(set) var nextDeadline: Timestamp?
    private(set) var handled = 0
    private(set) var dispatches = 0

    init(_ rules: any DispatchRules, record: RecordWriter) {
        self.rules = rules
        self.record = record
        nextDeadline = rules.nextDeadline
    }

    func submit(_ input: Input, correlation: UniqueID?) -> Bool {
        waiting.append(Submission(input, correlation: correlation))
        return true
    }

    func submit(_ inputs: [Input]) -> Bool {
        waiting += inputs.map { Submission($0) }
        return true
    }

    /// Whether anything waits.
    var hasMore: Bool { !waiting.isEmpty }

    /// Handles what waits, and what comes of it, until nothing is left. Each round only adds what the outlets report, and
    /// reports lead to no further ones, so that the rounds end.
    func settle(at now: Timestamp, _ outlets: Outlets) {
        while !waiting.isEmpty {
            let submissions = waiting
            waiting.removeAll(keepingCapacity: true)
            var entries: [JournalEntry] = []
            entries.reserveCapacity(submissions.count)
            for submission in submissions {
                let effects = rules.handle(submission.input, at: now)
                let entry = JournalEntry(
                    input: submission.input,
                    at: now,
                    correlation: submission.correlation,
                    effects: effects
                )
                count(effects)
                record.append(entry)
                entries.append(entry)
            }
            handled += submissions.count
            nextDeadline = rules.nextDeadline
            outlets.carryOut(entries, sink: self)
        }
    }

    private func count(_ effects: [Effect]) {
        for case .record(.dispatch) in effects { dispatches += 1 }
    }
}
