internal import Base
internal import DemandResponse

/// Tells in the trade's words how two lists of decisions differ.
struct DecisionWording {
    /// When a modification was announced, as `20:46:00`; `nil`: times of day are not told.
    let before: (Int) -> String?
    let after: (Int) -> String?

    /// What is different for a customer of an incident.
    /// - Parameters:
    ///   - old: `nil`: was not dispatched.
    ///   - new: `nil`: is not dispatched any more.
    func changes(from old: [Decision]?, to new: [Decision]?) -> [String] {
        switch (old, new) {
        case (nil, nil): return []
        case (let old?, nil): return ["is no longer dispatched; was dispatched by \(old.methods)\(clock(before(0)))"]
        case (nil, let new?): return ["is now dispatched by \(new.methods)\(clock(after(0))); was not dispatched"]
        case (let old?, let new?):
            let methods = (old.methodOrder, new.methodOrder)
            // A method that is there no longer, or is new, is told of once.
            let pairs = Self.pairs(old, new).filter { was, now in
                guard case .notice(let modification, let method) = (now ?? was)?.subject, modification > 0 else {
                    return true
                }
                let isFirst = (was == nil ? new : old).first { $0.subject.isNotice(by: method) } == (was ?? now)
                return isFirst || methods.0.contains(method) && methods.1.contains(method)
            }
            return order(from: methods.0, to: methods.1) + pairs.flatMap(change)
        }
    }

    /// Those that are not equal, by their subjects: the older one's order first.
    static func pairs(_ old: [Decision], _ new: [Decision]) -> [(Decision?, Decision?)] {
        let (was, now) = (
            Dictionary(old.map { ($0.subject, $0) }) { first, _ in first },
            Dictionary(new.map { ($0.subject, $0) }) { first, _ in first }
        )
        return old.filter { now[$0.subject] != $0 }.map { ($0, now[$0.subject]) }
            + new.filter { was[$0.subject] == nil }.map { (nil, $0) }
    }

    private func order(from old: [DispatchMethod?], to new: [DispatchMethod?]) -> [String] {
        let (was, now) = (old.filter(new.contains), new.filter(old.contains))
        guard was != now else { return [] }
        let words = { (methods: [DispatchMethod?]) in methods.map { $0?.name ?? "no method" }.joined(separator: ", ") }
        return ["methods are now in the order \(words(now)); was \(words(was))"]
    }

    private func change(_ old: Decision?, _ new: Decision?) -> [String] {
        guard let subject = (new ?? old)?.subject else { return [] }
        let (was, now) = (old.map { words($0, before) }, new.map { words($0, after) })
        switch (subject, was, now) {
        case (.notice, let was?, nil): return ["\(subject.words) is no longer sent; was \(was)"]
        case (.notice, nil, let now?): return ["\(subject.words) is now \(now); was not sent"]
        case (.notice, _?, _?):
            guard let old, let new else { return [] }
            if old.clauses.dropLast() == new.clauses.dropLast(), let was = old.clauses.last, let now = new.clauses.last
            {
                return ["\(subject.words) is now \(now); was \(was)"]
            }
            let same = old.clauses.last == new.clauses.last
            let (was, now) = (words(old, before, withOutcome: !same), words(new, after, withOutcome: !same))
            return ["\(subject.words) is now \(now); was \(was)"]
        case (.closing(let kind, let method), let was?, nil):
            return ["is no longer told of the \(kind.rawValue) by \(method.name); was told (\(was))"]
        case (.closing(let kind, let method), nil, let now?):
            return ["is now told of the \(kind.rawValue) by \(method.name) (\(now)); was not"]
        default:
            let none = if case .refusals = subject { ("0", "0") } else { ("none that counts", "none") }
            return ["\(subject.words) is now \(now ?? none.0); was \(was ?? none.1)"]
        }
    }

    /// `sent at 20:46:00, sent again after 5 s`; of what was not sent, what it came to.
    private func words(_ decision: Decision, _ time: (Int) -> String?, withOutcome: Bool = false) -> String {
        guard case .notice(let modification, _) = decision.subject else {
            return decision.clauses.joined(separator: decision.subject.isAnswer ? " " : ", ")
        }
        if decision.clauses.first == "not sent" { return "not sent (\(decision.clauses.last ?? ""))" }
        let clauses = withOutcome ? decision.clauses[...] : decision.clauses.dropLast()
        return clauses.map { clause in
            clause == "sent at once" ? "sent " + (time(modification).map { "at \($0)" } ?? "at once") : clause
        }.joined(separator: ", ")
    }

    private func clock(_ time: String?) -> String { time.map { " at \($0)" } ?? "" }

    /// What is different in what concerns no single customer.
    static func ownChanges(from old: [Decision], to new: [Decision]) -> [String] {
        pairs(old, new).map { old, new in
            let subject = (new ?? old)?.subject.words ?? ""
            guard let was = old?.clauses else { return "\(subject) is new: \(excerpt(new?.clauses ?? []))" }
            guard let now = new?.clauses else { return "\(subject) is not there any more; was \(excerpt(was))" }
            return was.count == 1 && now.count == 1 && was[0].contains(" ")
                ? "\(subject) \(MessageWording.change(from: was[0], to: now[0]))"
                : "\(subject) is now \(words(now)); was \(words(was))"
        }
    }

    private static func words(_ clauses: [String]) -> String { clauses.joined(separator: ", ") }

    /// The beginning of what may be a whole message.
    private static func excerpt(_ clauses: [String]) -> String {
        let words = words(clauses)
        return words.count > 60 ? words.prefix(60) + "…" : words
    }
}

extension Decision.Subject {
    fileprivate func isNotice(by method: DispatchMethod?) -> Bool {
        if case .notice(_, method) = self { true } else { false }
    }

    fileprivate var isAnswer: Bool { if case .answer = self { true } else { false } }
}

extension [Decision] {
    /// The methods of a customer's records, in the customer's order.
    fileprivate var methodOrder: [DispatchMethod?] {
        reduce(into: []) { order, decision in
            if case .notice(_, let method) = decision.subject, !order.contains(method) { order.append(method) }
        }
    }

    fileprivate var methods: String { methodOrder.map { $0?.name ?? "no method" }.joined(separator: ", ") }
}
