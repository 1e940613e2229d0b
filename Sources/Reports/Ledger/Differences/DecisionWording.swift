internal import Base
internal import DemandResponse

/// Tells in the trade's words what is different in the decisions for a customer.
struct DecisionWording {
    /// When a modification was announced, as `20:46:00`; `nil`: times of day are not told.
    let before: (Int) -> String?
    let after: (Int) -> String?

    /// - Parameters:
    ///   - old: `nil`: was not dispatched.
    ///   - new: `nil`: is not dispatched any more.
    func changes(from old: Course?, to new: Course?) -> [String] {
        switch (old, new) {
        case (nil, nil): []
        case (let old?, nil): ["is no longer dispatched; was dispatched by \(old.methods)\(clock(before(0)))"]
        case (nil, let new?): ["is now dispatched by \(new.methods)\(clock(after(0))); was not dispatched"]
        case (let old?, let new?): changes(from: old, to: new)
        }
    }

    private func changes(from old: Course, to new: Course) -> [String] {
        var changes = methods(from: old, to: new)
        let modifications = Set(old.notices.map(\.modification) + new.notices.map(\.modification)).sorted()
        let common = old.methodOrder.filter(new.methodOrder.contains)
        for modification in modifications {
            let pairs = common.map { (old.notice($0, modification), new.notice($0, modification)) }
            for (before, after) in pairs { changes += notice(from: before, to: after, modification) }
            changes += messages(pairs, modification)
        }
        for modification in Set((old.answers + new.answers).map(\.modification)).sorted() {
            changes += answer(
                from: old.answers.first { $0.modification == modification },
                to: new.answers.first { $0.modification == modification },
                modification
            )
        }
        return changes + cancellations(from: old, to: new) + Self.refusals(from: old.refusals, to: new.refusals)
    }

    // MARK: Methods

    private func methods(from old: Course, to new: Course) -> [String] {
        var changes: [String] = []
        for method in old.methodOrder where !new.methodOrder.contains(method) {
            guard let notice = old.notices.first(where: { $0.method == method }) else { continue }
            changes.append("\(name(method)) is no longer sent; was \(deeds(notice, before))")
        }
        for method in new.methodOrder where !old.methodOrder.contains(method) {
            guard let notice = new.notices.first(where: { $0.method == method }) else { continue }
            changes.append("\(name(method)) is now \(deeds(notice, after)); was not sent")
        }
        let (was, now) = (
            old.methodOrder.filter(new.methodOrder.contains), new.methodOrder.filter(old.methodOrder.contains)
        )
        if was != now {
            let words = { (methods: [DispatchMethod?]) in methods.map(name).joined(separator: ", ") }
            changes.append("methods are now in the order \(words(now)); was \(words(was))")
        }
        return changes
    }

    private func name(_ method: DispatchMethod?) -> String { method?.name ?? "a record without a method" }

    // MARK: Notices

    private func notice(from old: Notice?, to new: Notice?, _ modification: Int) -> [String] {
        switch (old, new) {
        case (nil, nil): return []
        case (let old?, nil):
            return [
                "\(name(old.method)) of change \(modification) is no longer sent; was \(deeds(old, before))"
            ]
        case (nil, let new?):
            return ["\(name(new.method)) of change \(modification) is now \(deeds(new, after)); was not sent"]
        case (let old?, let new?):
            let subject = name(new.method) + (modification == 0 ? "" : " of change \(modification)")
            var changes: [String] = []
            if old.sendings != new.sendings {
                let lead = new.sendings.isEmpty ? "is no longer sent" : "is now \(deeds(new, after))"
                changes.append("\(subject) \(lead); was \(deeds(old, before))")
            } else if old.outcome != new.outcome {
                changes.append("\(subject) is now \(words(new.outcome)); was \(words(old.outcome))")
            }
            if old.repeats != new.repeats {
                changes.append(
                    "\(subject) is repeated on connecting \(Units.plural(new.repeats, "time")); was \(old.repeats)"
                )
            }
            return changes
        }
    }

    /// `sent at 20:46:00, sent again after 5 s`; of what was not sent, what it came to.
    private func deeds(_ notice: Notice, _ time: (Int) -> String?) -> String {
        guard !notice.sendings.isEmpty else { return "not sent (\(words(notice.outcome)))" }
        let words = notice.sendings.map { sending in
            switch sending {
            case .atOnce: "sent" + (time(notice.modification).map { " at \($0)" } ?? " at once")
            case .later(let span):
                "sent \(LedgerWords.seconds(span)) after \(time(notice.modification) ?? "the announcement")"
            case .onConnecting, .again: LedgerWords.text(sending)
            }
        }
        return words.joined(separator: ", ")
    }

    private func words(_ outcome: Outcome) -> String { LedgerWords.text(outcome) }

    private func clock(_ time: String?) -> String { time.map { " at \($0)" } ?? "" }

    /// Told once for all methods whose words changed alike.
    private func messages(_ pairs: [(Notice?, Notice?)], _ modification: Int) -> [String] {
        var changes: [String] = []
        for case (let old?, let new?) in pairs where old.message != new.message {
            let words = MessageWording.change(from: old.message, to: new.message)
            let change = "the message\(modification == 0 ? "" : " of change \(modification)") \(words)"
            if !changes.contains(change) { changes.append(change) }
        }
        return changes
    }

    // MARK: Answers and cancellations

    private func answer(from old: Answer?, to new: Answer?, _ modification: Int) -> [String] {
        guard old != new else { return [] }
        let subject = modification == 0 ? "the answer" : "the answer to change \(modification)"
        return [
            "\(subject) is now \(new.map(\.words) ?? "none that counts"); was \(old.map(\.words) ?? "none")"
        ]
    }

    private func cancellations(from old: Course, to new: Course) -> [String] {
        DispatchMethod.allCases.compactMap { method in
            let was = old.cancellations.first { $0.method == method }?.outcome
            let now = new.cancellations.first { $0.method == method }?.outcome
            guard was != now else { return nil }
            switch (was, now) {
            case (let was?, nil):
                return "is no longer told of the cancellation by \(method.name); was told (\(words(was)))"
            case (nil, let now?): return "is now told of the cancellation by \(method.name) (\(words(now))); was not"
            case (let was?, let now?):
                return "the cancellation by \(method.name) is now \(words(now)); was \(words(was))"
            case (nil, nil): return nil
            }
        }
    }

    static func refusals(from old: [Refusals], to new: [Refusals]) -> [String] {
        Set((old + new).map(\.rule)).sorted().compactMap { rule in
            let was = old.first { $0.rule == rule }?.count ?? 0
            let now = new.first { $0.rule == rule }?.count ?? 0
            guard was != now else { return nil }
            return "\(Units.plural(now, "answer is", "answers are")) now refused as \(rule); was \(was)"
        }
    }
}

extension Course {
    /// The methods of its records, in the customer's order.
    fileprivate var methodOrder: [DispatchMethod?] {
        notices.map(\.method).reduce(into: []) { order, method in
            if !order.contains(method) { order.append(method) }
        }
    }

    fileprivate var methods: String {
        methodOrder.map { $0?.name ?? "no method" }.joined(separator: ", ")
    }

    fileprivate func notice(_ method: DispatchMethod?, _ modification: Int) -> Notice? {
        notices.first { $0.method == method && $0.modification == modification }
    }
}
