internal import Base

/// What a program's rules say of an incident that is asked for, or of a change of one.
struct LimitVerdict {
    /// It is refused for these.
    var broken: [BrokenLimit] = []
    var furthestEnd: Timestamp?
    /// Where limits are of a customer: who has no room, and for which rules.
    var leftOut: [Customer.ID: [BrokenLimit]] = [:]
    /// Whether it was judged at all: what only shortens an incident is not.
    var isJudged = false

    func refusal(zone: String) -> Refusal {
        LimitRefusal(broken: broken, furthestEnd: furthestEnd, zone: zone).refusal
    }

    /// What an override lifts: every rule by which it would be refused, or somebody left out.
    func lifted(by override: Override) -> LiftedRules? {
        let all = Set((broken + leftOut.values.joined()).map(\.rule))
        return all.isEmpty ? nil : LiftedRules(override: override, rules: LimitRule.allCases.filter(all.contains))
    }
}

extension Dispatcher {
    /// What the program's rules say of a new incident for these customers.
    func verdict(
        on incident: Incident,
        of program: Program,
        _ customers: [Customer],
        at now: Timestamp
    ) -> LimitVerdict {
        verdict(on: AskedEvent(incident), of: program, customers.map(\.id), without: nil, at: now)
    }

    /// What they say of an incident as a change would make it.
    func verdict(on changed: Incident, of index: Int, at now: Timestamp) -> LimitVerdict {
        guard let program = roster.program(changed.program) else { return LimitVerdict() }
        let customers = books[index].participants.map(\.customer)
        var verdict = verdict(on: AskedEvent(changed), of: program, customers, without: index, at: now)
        // Whoever was told of it cannot be left out any more.
        if let first = verdict.leftOut.min(by: { $0.key < $1.key }) {
            verdict.broken += first.value
            verdict.leftOut = [:]
        }
        return verdict
    }

    private func verdict(
        on asked: AskedEvent,
        of program: Program,
        _ customers: [Customer.ID],
        without index: Int?,
        at now: Timestamp
    ) -> LimitVerdict {
        guard let rules = program.rules else { return LimitVerdict() }
        let judge = LimitJudge(rules, zone: program.timeZone, now: now)
        let standing = index.map { AskedEvent(books[$0].incident) }
        let wasTold = index.map { books[$0].noticeHasLeft } ?? false
        let usage = usage(of: program, rules, without: index)
        let events = usage.map(\.event)
        var verdict = LimitVerdict(isJudged: !judge.isShortened(asked, standing))
        switch rules.limits.of {
        case .program:
            verdict.broken = judge.judge(asked, standing: standing, wasTold: wasTold, among: events)
        case .customer:
            verdict.broken = judge.judgeProgram(asked, standing: standing, wasTold: wasTold, among: events)
            // Most customers had the same events: each such history is judged once.
            var known: [[Int]: [BrokenLimit]] = [:]
            for customer in customers {
                let own = usage.indices.filter { usage[$0].customers.contains(customer) }
                let broken = known[own] ?? judge.judgeUse(asked, standing: standing, among: own.map { events[$0] })
                known[own] = broken
                if !broken.isEmpty { verdict.leftOut[customer] = broken }
            }
        }
        if let standing, !verdict.broken.isEmpty, rules.limits.of == .program {
            verdict.furthestEnd = judge.furthestEnd(of: asked, standing: standing, among: events)
        }
        return verdict
    }

    /// The events of a program, and where its limits are of a customer who was called.
    func usage(
        of program: Program,
        _ rules: ProgramRules,
        without index: Int? = nil
    ) -> [(event: UsedEvent, customers: Set<Customer.ID>)] {
        books.indices.filter { books[$0].incident.program == program.id && $0 != index }.map { index in
            let isOfCustomer = rules.limits.of == .customer
            return (rules.used(books[index].incident), isOfCustomer ? Set(books[index].called) : [])
        }
    }

    // MARK: The end of what is left open

    /// An incident that is left open ends where its program's longest one does.
    mutating func scheduleLongest(of incident: Incident) {
        guard let end = longestEnd(of: incident) else { return }
        schedule(Timer(at: end, what: .longest(incident.number)))
    }

    mutating func endLongest(_ number: Incident.Number, at now: Timestamp, into effects: inout [Effect]) {
        guard let index = index(number), !books[index].isOver(at: now),
            let end = longestEnd(of: books[index].incident), end <= now
        else { return }
        _ = close(books[index].incident.id, .recall, at: now, into: &effects)
    }

    private func longestEnd(of incident: Incident) -> Timestamp? {
        guard incident.period.end == nil, incident.closing == nil else { return nil }
        return roster.program(incident.program)?.rules?.limits.length?.most.map { incident.period.start + $0 }
    }
}

extension AskedEvent {
    init(_ incident: Incident) {
        self.init(
            type: incident.eventType,
            isTest: incident.isTest,
            start: incident.period.start,
            end: incident.period.end
        )
    }
}
