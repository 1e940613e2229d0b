internal import Base
internal import DemandResponse
internal import Scenarios

/// How the customers of a day behaved, as rules: what many of a program have in common first, then who differs.
struct RecordedClients {
    /// What a rule says that differs from what holds without it; `nil`: nothing.
    private struct Difference: Hashable {
        var connects: [Connection]?
        var acknowledges: [Scenarios.Answer]?
    }

    private struct Behaviour {
        var customer: Customer
        var connects: [Connection]
        var acknowledges: [Scenarios.Answer]
    }

    private let day: RecordedDay
    private let arrivals: [RecordedCarriers.AnswerKey: Timestamp]

    /// - Parameter arrivals: when carriers bring dispatches.
    init(_ day: RecordedDay, arrivals: [RecordedCarriers.AnswerKey: Timestamp]) {
        self.day = day
        self.arrivals = arrivals
    }

    var rules: [ClientRule] {
        let behaviours = day.roster.customers.map { customer in
            Behaviour(customer: customer, connects: connects(customer), acknowledges: acknowledges(customer))
        }
        return rules(behaviours)
    }

    private func connects(_ customer: Customer) -> [Connection] {
        day.life.customer(customer.id).stays.compactMap { stay in
            guard stay.from <= day.ends, stay.to.map({ $0 > day.starts }) ?? true else { return nil }
            let from = max(stay.from, day.starts)
            // Who stays beyond the end stays to the end.
            let to = stay.to.flatMap { $0 <= day.ends ? $0 : nil }
            return Connection(at: from, lasting: to.map { .constant($0 - from) })
        }
    }

    private func acknowledges(_ customer: Customer) -> [Scenarios.Answer] {
        let life = day.life.customer(customer.id)
        let isOnly = day.incidents(of: customer).count == 1
        var answers: [Scenarios.Answer] = []
        /// Where the last answer of the customer's own to a modification is, which takes what the customer changed its mind to.
        var places: [RecordedCarriers.AnswerKey: (answer: Int, at: Timestamp)] = [:]
        for reply in life.replies {
            guard day.isRecorded(reply.incident), let incident = day.life.incident(reply.incident) else { continue }
            let name = day.name(of: incident.request.id)
            let by = day.names.by(reply.by, customer)
            let key = RecordedCarriers.AnswerKey(
                incident: reply.incident,
                customer: customer.id,
                modification: reply.modification
            )
            if let place = places[key], life.isConnected(at: reply.at) {
                let change = Scenarios.Answer.ChangeOfMind(
                    after: .constant(reply.at - place.at),
                    optsOut: reply.optsOut,
                    by: by == answers[place.answer].by ? nil : by
                )
                answers[place.answer].then.append(change)
                // The answer before was given in time to be sent in any case.
                if let closing = incident.closing, closing.at <= reply.at {
                    answers[place.answer].isSentIfCancelled = true
                }
                places[key]?.at = reply.at
                continue
            }
            var answer = Scenarios.Answer(
                modification: incident.isModified ? reply.modification : nil,
                .at(reply.at),
                by: by,
                declines: reply.optsOut ? .all : .none
            )
            if let arrival = arrival(incident, reply.modification, at: life, of: customer.id), arrival <= reply.at,
                life.isConnected(at: reply.at)
            {
                answer.timing = .after(.constant(reply.at - arrival))
                answer.incident = isOnly ? nil : name
                answer.isSentIfCancelled = incident.closing.map { $0.at <= reply.at } ?? false
                places[key] = (answers.count, reply.at)
            } else {
                answer.incident = name
                answer.modification = reply.modification
            }
            answers.append(answer)
        }
        return answers
    }

    /// When a dispatch first reaches a customer, by a session or a carrier.
    private func arrival(
        _ incident: IncidentLife,
        _ modification: Int,
        at life: CustomerLife,
        of customer: Customer.ID
    ) -> Timestamp? {
        let key = RecordedCarriers.AnswerKey(
            incident: incident.number,
            customer: customer,
            modification: modification
        )
        let bySession = incident.announcement(of: modification).flatMap {
            life.arrival(of: $0, before: incident.closing(of: modification))
        }
        return [bySession, arrivals[key]].compactMap(\.self).min()
    }

    // MARK: - Joining

    private func rules(_ behaviours: [Behaviour]) -> [ClientRule] {
        var rules: [ClientRule] = []
        var common: [Program.ID: Difference] = [:]
        for program in day.roster.programs {
            let members = behaviours.filter { $0.customer.program == program.id }
            let difference = Difference(
                connects: Self.mostOf(members, \.connects, unless: standardConnects),
                acknowledges: Self.mostOf(members, \.acknowledges, unless: { _ in [] })
            )
            guard difference != Difference() else { continue }
            common[program.id] = difference
            rules.append(Self.rule(.program(program.id), difference))
        }
        var rest = Grouping<Difference, Customer.ID>()
        for behaviour in behaviours {
            let base = common[behaviour.customer.program] ?? Difference()
            let connects = base.connects ?? standardConnects(behaviour.customer)
            let acknowledges = base.acknowledges ?? []
            let difference = Difference(
                connects: behaviour.connects == connects ? nil : behaviour.connects,
                acknowledges: behaviour.acknowledges == acknowledges ? nil : behaviour.acknowledges
            )
            if difference != Difference() { rest.add(behaviour.customer.id, to: difference) }
        }
        return rules + rest.groups.map { Self.rule(CustomerSelector($0.elements, among: day.roster), $0.key) }
    }

    private func standardConnects(_ customer: Customer) -> [Connection] {
        ClientBehaviour.standard(for: customer, starts: day.starts).connects
    }

    /// What more than half of the members do, two of them at least, if it is not what they would do without a rule.
    private static func mostOf<Value: Hashable>(
        _ members: [Behaviour],
        _ value: KeyPath<Behaviour, Value>,
        unless standard: (Customer) -> Value
    ) -> Value? {
        guard let most = members.map({ $0[keyPath: value] }).mostFrequent else { return nil }
        let those = members.filter { $0[keyPath: value] == most }
        guard those.count > 1, those.count * 2 > members.count else { return nil }
        return those.allSatisfy { standard($0.customer) == most } ? nil : most
    }

    private static func rule(_ selector: CustomerSelector, _ difference: Difference) -> ClientRule {
        ClientRule(of: selector, connects: difference.connects, acknowledges: difference.acknowledges)
    }
}

// MARK: - Distributions

extension RecordedClients {
    /// One rule for each program that has enough customers, in place of each customer's own times; the others as they are.
    var fittedRules: [ClientRule] {
        var fitted: [ClientRule] = []
        var rest: [Behaviour] = []
        for program in day.roster.programs {
            let members = day.roster.customers(of: program.id)
            let behaviours = members.map {
                Behaviour(customer: $0, connects: connects($0), acknowledges: acknowledges($0))
            }
            guard let answer = fittedAnswer(behaviours) else {
                rest += behaviours
                continue
            }
            fitted.append(
                ClientRule(of: .program(program.id), connects: fittedConnects(behaviours), acknowledges: [answer])
            )
        }
        return fitted + rules(rest.sorted { $0.customer.id < $1.customer.id })
    }

    private func fittedAnswer(_ behaviours: [Behaviour]) -> Scenarios.Answer? {
        let answers = behaviours.flatMap(\.acknowledges)
        let delays = answers.compactMap { answer in
            if case .after(let delay) = answer.timing { return delay.constant }
            return nil
        }
        guard let delay = Fit.lognormal(delays) else { return nil }
        let reached = behaviours.reduce(0) { $0 + asked($1.customer) }
        return Scenarios.Answer(
            .after(delay),
            share: Share(delays.count, of: max(reached, delays.count)),
            by: answers.map(\.by).mostFrequent ?? Scenarios.Answer.defaultBy,
            declines: Share(answers.count { $0.declines == .all }, of: answers.count)
        )
    }

    /// How many dispatches, each modification for itself, reached a customer.
    private func asked(_ customer: Customer) -> Int {
        let life = day.life.customer(customer.id)
        return day.incidents(of: customer).reduce(0) { count, incident in
            count
                + incident.announcements.indices.count {
                    arrival(incident, $0, at: life, of: customer.id) != nil
                }
        }
    }

    /// The first session of each; breaks of the connection are left out.
    private func fittedConnects(_ behaviours: [Behaviour]) -> [Connection] {
        let first = behaviours.compactMap { $0.connects.first?.at }.sorted()
        guard let earliest = first.first, let latest = first.last else { return [] }
        let spread: Distribution = latest > earliest ? .uniform(.zero, latest - earliest) : .none
        return [Connection(at: earliest, spread: spread, share: Share(first.count, of: behaviours.count))]
    }
}
