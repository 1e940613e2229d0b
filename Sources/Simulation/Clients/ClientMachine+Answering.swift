internal import Base
internal import DemandResponse
internal import DispatchStore
internal import Scenarios

extension ClientMachine {
    /// A dispatch as it came in over Socket.IO.
    struct Arrival {
        var customer: Customer.ID
        var dispatch: UniqueID
        var incident: UniqueID
        var method: DispatchMethod?
        var modification: Int
        var digest: Int64
    }

    /// - Parameter incident: the scenario's name for it, which names the stream of random numbers.
    mutating func received(_ arrival: Arrival, name: String, at now: Timestamp) -> [Action] {
        // Until its handshake is taken a session observes, and is told of everybody's; an operator's does so all the time.
        guard arrival.customer == customer.id, !isOperators else { return [] }
        var observation = Observation(at: now, .received, customer: customer.id, session: session)
        observation.method = .some(arrival.method)
        observation.modification = arrival.modification
        observation.digest = arrival.digest
        return [.observe(observation, incident: arrival.incident)] + think(about: arrival, name: name, at: now)
    }

    /// A carrier has brought a dispatch.
    mutating func reached(_ dispatch: Dispatch, name: String, at now: Timestamp) -> [Action] {
        let arrival = Arrival(
            customer: dispatch.key.customer,
            dispatch: dispatch.id,
            incident: dispatch.incident,
            method: dispatch.key.method,
            modification: dispatch.modification,
            digest: 0
        )
        return think(about: arrival, name: name, at: now)
    }

    /// Decides once for each incident and modification whether and when to answer.
    private mutating func think(about arrival: Arrival, name: String, at now: Timestamp) -> [Action] {
        guard
            let entry = behaviour.acknowledges.firstIndex(where: {
                $0.answers(name, modification: arrival.modification)
            }),
            case .after(let delay) = behaviour.acknowledges[entry].timing,
            behaviour.acknowledges[entry].isSentIfCancelled || !calledOff.contains(arrival.incident),
            !answers.contains(where: {
                !$0.isOperators && $0.incident == arrival.incident && $0.modification == arrival.modification
            })
        else { return [] }
        let answer = behaviour.acknowledges[entry]
        let streamName = "client/\(customer.id)/acknowledges/\(name)/\(arrival.modification)"
        var stream = RandomStream(seed: seed, streamName)
        let answers = stream.happens(partsPerMillion: answer.share.partsPerMillion)
        let after = delay.sample(&stream)
        self.answers.append(
            Answering(
                entry: entry,
                incident: arrival.incident,
                modification: arrival.modification,
                dispatch: arrival.dispatch,
                method: arrival.method,
                optsOut: stream.happens(partsPerMillion: answer.declines.partsPerMillion),
                following: answer.then.isEmpty ? nil : streamName,
                state: answers ? .thinking : .silent
            )
        )
        return answers ? [.wake(.answer(index: self.answers.count - 1), at: now + after)] : []
    }

    mutating func answer(_ index: Int, at now: Timestamp) -> [Action] {
        guard answers[index].state == .thinking else { return [] }
        answers[index].state = .due
        if answers[index].isOperators { return hand(index, at: now) }
        if connection == .joined { return send(index, at: now) }
        return isVisitor ? connectIfNeeded(at: now) : []
    }

    /// An operator answers for the customer, over the customer's session if there is one.
    /// - Parameter incident: of the name that the entry gives.
    mutating func operate(_ entry: Int, incident: UniqueID, at now: Timestamp) -> [Action] {
        let answer = behaviour.acknowledges[entry]
        let streamName = "client/\(customer.id)/operator/\(entry)"
        var stream = RandomStream(seed: seed, streamName)
        guard stream.happens(partsPerMillion: answer.share.partsPerMillion) else { return [] }
        let method = customer.methods.first
        answers.append(
            Answering(
                entry: entry,
                incident: incident,
                modification: answer.modification,
                dispatch: DispatchKey(incident: 0, customer: customer.id, method: method).id(incident: incident),
                method: method,
                optsOut: stream.happens(partsPerMillion: answer.declines.partsPerMillion),
                isOperators: true,
                following: answer.then.isEmpty ? nil : streamName,
                state: .due
            )
        )
        return hand(answers.count - 1, at: now)
    }

    /// An operator's answer goes over the customer's session, or one of the operator's own.
    private mutating func hand(_ index: Int, at now: Timestamp) -> [Action] {
        switch connection {
        case .joined: return send(index, at: now)
        case .connecting, .connected: return []
        case .none:
            isOperators = true
            return connectIfNeeded(at: now)
        }
    }

    /// The name of the incident that an entry of the customer's acknowledgements is about.
    func incident(ofEntry entry: Int) -> String? { behaviour.acknowledges[entry].incident }

    mutating func sendWhatIsDue(at now: Timestamp) -> [Action] {
        var actions: [Action] = []
        for index in answers.indices where answers[index].state == .due && (!isOperators || answers[index].isOperators)
        {
            actions += send(index, at: now)
        }
        return actions
    }

    private mutating func send(_ index: Int, at now: Timestamp) -> [Action] {
        answers[index].state = .sent
        let answering = answers[index]
        let answer = behaviour.acknowledges[answering.entry]
        let change = answering.change.map { answer.then[$0] }
        return [
            .observe(observation(.acknowledged, of: answering, at: now), incident: answering.incident),
            .acknowledge(
                Acknowledging(
                    dispatch: answering.dispatch,
                    by: answer.by(customer, change?.by),
                    modification: answering.modification,
                    optsOut: answering.optsOut,
                    repeats: change == nil ? answer.repeats : 1
                )
            ),
        ] + think(after: index, at: now)
    }

    /// Decides once, when an answer is sent, whether and when the customer changes its mind.
    private mutating func think(after index: Int, at now: Timestamp) -> [Action] {
        let before = answers[index]
        let changes = behaviour.acknowledges[before.entry].then
        let next = (before.change ?? -1) + 1
        guard let name = before.following, next < changes.count else { return [] }
        answers[index].following = nil
        var stream = RandomStream(seed: seed, "\(name)/then/\(next)")
        guard stream.happens(partsPerMillion: changes[next].share.partsPerMillion) else { return [] }
        let after = changes[next].after.sample(&stream)
        answers.append(
            Answering(
                entry: before.entry,
                incident: before.incident,
                modification: before.modification,
                dispatch: before.dispatch,
                method: before.method,
                optsOut: changes[next].optsOut,
                isOperators: before.isOperators,
                change: next,
                following: name,
                state: .thinking
            )
        )
        return [.wake(.answer(index: answers.count - 1), at: now + after)]
    }

    /// An `acknowledge-update` came in: of the own answer, or of somebody else's for the same customer.
    /// One that says the contrary of an own answer is not that one's.
    mutating func updated(
        _ dispatch: UniqueID,
        optsOut: Bool,
        success: Bool,
        reason: String?,
        at now: Timestamp
    ) -> [Action] {
        guard
            let index = answers.lastIndex(where: {
                $0.dispatch == dispatch && $0.state == .sent && $0.optsOut == optsOut
            })
        else { return [] }
        answers[index].state = .confirmed
        // Which one the present modification was, only the server knows.
        guard answers[index].modification != nil else { return leaveIfDone(at: now) }
        var observation = observation(success ? .confirmed : .refused, of: answers[index], at: now)
        observation.detail = reason ?? observation.detail
        return [.observe(observation, incident: answers[index].incident)] + leaveIfDone(at: now)
    }

    /// Somebody who came to answer goes again once nothing is left to be answered.
    mutating func leaveIfDone(at now: Timestamp) -> [Action] {
        guard isVisitor || isOperators, connection == (isOperators ? .connected : .joined),
            !answers.contains(where: { $0.state == .sent || $0.state == .due && (!isOperators || $0.isOperators) })
        else { return [] }
        connection = .none
        isOperators = false
        let actions = [observe(.disconnected, at: now), .closeConnection]
        guard isToConnect || isVisitor && answers.contains(where: { $0.state == .due }) else { return actions }
        isToConnect = false
        return actions + connectIfNeeded(at: now)
    }

    /// News of an incident came in: it was modified, cancelled or recalled. At joining it comes before the answer to the handshake.
    mutating func told(_ incident: UniqueID, modification: Int, _ closing: Closing.Kind?, at now: Timestamp) -> [Action]
    {
        guard !isOperators else { return [] }
        if closing != nil { giveUp(incident) }
        var observation = Observation(at: now, .told, customer: customer.id, session: session)
        observation.modification = modification
        observation.detail = closing?.done ?? "modified"
        return [.observe(observation, incident: incident)]
    }

    /// Nobody answers what is cancelled or recalled, not even where the answer only waited for a connection.
    private mutating func giveUp(_ incident: UniqueID) {
        if !calledOff.contains(incident) { calledOff.append(incident) }
        for index in answers.indices where answers[index].incident == incident {
            guard !answers[index].isOperators, !behaviour.acknowledges[answers[index].entry].isSentIfCancelled else {
                continue
            }
            switch answers[index].state {
            case .thinking, .due: answers[index].state = .silent
            case .silent, .sent, .confirmed: break
            }
        }
    }

    private func observation(_ kind: Observation.Kind, of answering: Answering, at now: Timestamp) -> Observation {
        var observation = Observation(at: now, kind, customer: customer.id, session: session)
        observation.method = .some(answering.method)
        observation.modification = answering.modification
        if answering.optsOut { observation.detail = Observation.optingOut }
        return observation
    }
}
