import Base
import DemandResponse
import TestSupport
import Testing

/// Draws what happens next to a dispatcher.
struct Walk {
    /// Carriers may take hours: an attempt every few minutes up to each end would be most of the walk.
    var world = World(retries: RetryPolicy(reportWithin: .hours(2)))
    private(set) var trace: [String] = []
    private var generator: RandomStream
    private var names: [String] = []
    private var nextSession: Int64 = 1

    init(seed: UInt64) { generator = RandomStream(state: seed) }

    mutating func run(steps: Int) {
        for _ in 0..<steps {
            let pause = generator.pick([0, 0, 1, 2, 5, 20, 90, 400] as [Int64])
            let now = world.now + .seconds(pause) + .microseconds(Int64(generator.below(1_000)))
            // Most of the time deadlines are punctual; now and then the machine stalls and all are late.
            if generator.below(10) > 0 { passDeadlines(until: now) }
            step(at: now)
            if let deadline = world.dispatcher.nextDeadline, deadline <= now { note(world.handle(.due, at: now)) }
        }
    }

    /// Gives every incident an end and lets it come.
    mutating func settle() {
        for incident in world.base.incidents where incident.period.end == nil && incident.closing == nil {
            let change = IncidentChange(id: incident.id, end: world.now + .hours(48))
            note(world.handle(.incidentChanged(change, nil), at: world.now))
        }
        passDeadlines(until: world.now + .hours(24 * 30))
    }

    private mutating func passDeadlines(until instant: Timestamp) {
        while let deadline = world.dispatcher.nextDeadline, deadline <= instant {
            note(world.handle(.due, at: max(deadline, world.now)))
        }
    }

    private mutating func note(_ effects: [String]) { trace += effects }

    private mutating func step(at now: Timestamp) {
        switch generator.below(100) {
        case 0..<8: note(world.handle(open(at: now), at: now))
        case 8..<13: note(world.handle(modify(at: now), at: now))
        case 13..<15: note(world.handle(.cancel(anyName()), at: now))
        case 15..<17: note(world.handle(.recall(anyName()), at: now))
        case 17..<24:
            note(world.handle(.connect(nextSession), at: now))
            nextSession += 1
        case 24..<36: note(world.handle(.join(anySession(), customer: generator.below(7)), at: now))
        case 36..<42: note(world.handle(.close(anySession()), at: now))
        case 42..<64: note(world.handle(acknowledge(), at: now))
        case 64..<96: report(at: now)
        case 96: note(world.handle(.roster(roster()), at: now))
        case 97 where generator.below(8) == 0: note(world.handle(.purge(), at: now))
        case 98, 99:
            nextSession = 1
            note(world.restart(at: now))
        case 97:
            // Among them one that may be open, or archived already, or not there at all.
            let lapsed = world.dispatcher.lapsedIncidents(at: now - .seconds(Int64(generator.below(3_000))))
            note(world.handle(.incidentsArchived(lapsed + [generator.below(names.count + 2)]), at: now))
        default: note(world.handle(.due, at: now))
        }
    }

    private mutating func open(at now: Timestamp) -> Step {
        let name = "incident \(names.count)"
        names.append(name)
        let start = now + .seconds(Int64(generator.below(1_200)) - 300)
        let end = start + .seconds(Int64(generator.below(3_000)) - 60)
        let isOpen = generator.below(6) == 0
        return .open(name, program: 1 + generator.below(4), "\(start.clock)-\(isOpen ? "" : end.clock)")
    }

    private mutating func modify(at now: Timestamp) -> Step {
        let name = anyName()
        let end = now + .seconds(Int64(generator.below(4_000)) - 100)
        guard let start = world.incident(name)?.period.start, generator.below(3) == 0 else {
            return .modify(name, end: end.clock)
        }
        return .modify(name, start: (start + .seconds(Int64(generator.below(600)) - 200)).clock, end: end.clock)
    }

    private mutating func acknowledge() -> Step {
        guard !world.base.order.isEmpty, generator.below(12) > 0 else { return .acknowledgeUnknown(from: anySession()) }
        let key = anyKey()
        let modification = generator.below(3) == 0 ? generator.below(3) : nil
        let isOut = generator.below(5) == 0
        return .acknowledge(
            name(of: key),
            key.customer,
            key.method,
            from: anySession(),
            optOut: isOut,
            modification: modification
        )
    }

    /// Reports of one or several attempts, some of them stale.
    private mutating func report(at now: Timestamp) {
        guard !world.base.order.isEmpty else { return }
        var reports: [DeliveryReport] = []
        for _ in 0...generator.below(4) {
            let key = anyKey()
            guard let row = world.base.rows[key] else { continue }
            let news = row.closing == nil ? nil : world.base.incident(key.incident)?.closing?.kind.news
            let kind = generator.below(2) == 0 ? news ?? .dispatch : .dispatch
            let attempts = kind == .dispatch ? row.delivery.attempts : row.closing?.attempts
            reports.append(
                DeliveryReport(
                    key: key,
                    modification: max(0, row.dispatch.modification - generator.below(8) / 7),
                    kind: kind,
                    attempt: max(0, (attempts ?? 0) - generator.below(8) / 7),
                    outcome: generator.pick([.sent, .sent, .delivered, .busy, .busy, .busy, .noSuchNumber])
                )
            )
        }
        note(world.handle(.deliveriesReported(reports), at: now))
    }

    private mutating func roster() -> Roster {
        let customers = Roster.drill.customers.filter { _ in generator.below(8) > 0 }
        return Roster(programs: Roster.drill.programs, customers: customers)
    }

    private mutating func anyName() -> String { names.isEmpty ? "nothing" : generator.pick(names.suffix(6)) }

    private mutating func anySession() -> Int64 { Int64(1 + generator.below(Int(nextSession))) }

    private mutating func anyKey() -> DispatchKey { generator.pick(world.base.order.suffix(40)) }

    private func name(of key: DispatchKey) -> String {
        let id = world.base.incident(key.incident)?.id
        return names.first { UniqueID(named: $0) == id } ?? "nothing"
    }
}
