internal import DemandResponse

/// Something that was decided of a dispatch record, or of a customer's answer.
enum TrailEvent: Hashable {
    /// A modification of the incident was announced; `words`: which of the tally's.
    case noticed(DispatchMethod?, modification: Int, words: Int)
    /// It was sent, somewhere.
    case clause(String)
    /// What it came to, in place of what it had come to before.
    case became(String)
    /// Told again to a session that joined later.
    case repeated
    case closingClause(String)
    case closingBecame(Closing.Kind, String)
    case answered(modification: Int, Reply, isLate: Bool, by: String)
    /// The customer changed its mind.
    case answeredAgain(modification: Int, Reply, by: String)
    case told(Closing.Kind)
    case refused(rule: String)
}

/// What a customer answers.
enum Reply: String {
    case acknowledged, declined
    /// Takes back that it had acknowledged, after the start.
    case withdrawn
}

/// What happened to hundreds of thousands of records, kept as places in one tree: records of which the same was decided are at
/// the same place, and an event costs one look-up.
struct TrailTree {
    typealias Place = Int32

    static let start: Place = 0

    private struct Step: Hashable {
        let from: Place
        let event: TrailEvent
    }

    private var children: [Step: Place] = [:]
    private var steps: [Step] = []

    mutating func place(after place: Place, _ event: TrailEvent) -> Place {
        let step = Step(from: place, event: event)
        if let child = children[step] { return child }
        steps.append(step)
        let child = Place(steps.count)
        children[step] = child
        return child
    }

    /// The events that lead from the start to a place.
    func events(to place: Place) -> [TrailEvent] {
        var events: [TrailEvent] = []
        var place = place
        while place != Self.start {
            let step = steps[Int(place) - 1]
            events.append(step.event)
            place = step.from
        }
        return events.reversed()
    }
}

extension [TrailEvent] {
    /// What they come to, as decisions; those of a record for each modification, or those of a customer.
    /// - Parameter message: how a notice calls its words; `nil` for those that all notices of its modification have.
    func decisions(message: (Int) -> String?) -> [Decision] {
        var decisions: [Decision] = []
        var outcome = ""
        var repeats = 0
        var closing: [String] = []
        var closingOutcome: (kind: Closing.Kind, words: String)?
        var method: DispatchMethod?
        func close() {
            guard let last = decisions.indices.last, !outcome.isEmpty else { return }
            if repeats > 0 { decisions[last].clauses.append("repeated on connecting x \(repeats)") }
            if decisions[last].clauses.isEmpty { decisions[last].clauses.append("not sent") }
            decisions[last].clauses.append(outcome)
            (outcome, repeats) = ("", 0)
        }
        for event in self {
            switch event {
            case .noticed(let name, let modification, let words):
                close()
                method = name
                decisions.append(
                    Decision(.notice(modification: modification, name), [message(words)].compactMap(\.self))
                )
            case .clause(let words):
                if let last = decisions.indices.last { decisions[last].clauses.append(repeating: words) }
            case .became(let words): outcome = words
            case .repeated: repeats += 1
            case .closingClause(let words): closing.append(repeating: words)
            case .closingBecame(let kind, let words): closingOutcome = (kind, words)
            case .answered(let modification, let reply, let isLate, let by):
                let words = "\(reply.rawValue) \(isLate ? "late" : "in time")"
                decisions.append(
                    Decision(.answer(modification: modification), [words] + (by.isEmpty ? [] : ["by \(by)"]))
                )
            case .answeredAgain(let modification, let reply, let by):
                guard let known = decisions.firstIndex(where: { $0.subject == .answer(modification: modification) })
                else { continue }
                decisions[known].clauses += ["then \(reply.rawValue)"] + (by.isEmpty ? [] : ["by \(by)"])
            case .told(let kind): decisions.append(Decision(.closing(kind, .websocket), ["taken"]))
            case .refused(let rule):
                let subject = Decision.Subject.refusals(rule: rule)
                if let known = decisions.firstIndex(where: { $0.subject == subject }) {
                    decisions[known].clauses[0] = "\((Int(decisions[known].clauses[0]) ?? 0) + 1)"
                } else {
                    decisions.append(Decision(subject, ["1"]))
                }
            }
        }
        close()
        if let (kind, words) = closingOutcome, let method {
            decisions.append(Decision(.closing(kind, method), closing + [words]))
        }
        return decisions
    }
}

extension [String] {
    /// `sent again after 300 s x 6`
    fileprivate mutating func append(repeating clause: String) {
        if last == clause {
            self[count - 1] = "\(clause) x 2"
        } else if let last, last.hasPrefix("\(clause) x "), let times = Int(last.dropFirst(clause.count + 3)) {
            self[count - 1] = "\(clause) x \(times + 1)"
        } else {
            append(clause)
        }
    }
}
