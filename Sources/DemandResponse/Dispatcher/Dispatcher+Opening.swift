extension Dispatcher {
    /// Opens the records of a customer, one for each method, and has them sent; without any method, the record that says so.
    mutating func add(_ customer: Customer, to book: inout IncidentBook, words: Wording, effects: inout [Effect]) {
        let first = book.records.count
        let participant = book.participants.count
        if customer.methods.isEmpty {
            add(nil, 0, of: customer, participant: participant, to: &book, words: words, effects: &effects)
        }
        for (index, method) in customer.methods.enumerated() where !customer.methods[..<index].contains(method) {
            add(method, index, of: customer, participant: participant, to: &book, words: words, effects: &effects)
        }
        book.participants.append(Participant(customer: customer.id, records: first..<book.records.count))
    }

    private mutating func add(
        _ method: DispatchMethod?,
        _ position: Int,
        of customer: Customer,
        participant: Int,
        to book: inout IncidentBook,
        words: Wording,
        effects: inout [Effect]
    ) {
        let incident = book.incident
        let key = DispatchKey(incident: incident.number, customer: customer.id, method: method)
        let dispatch = Dispatch(
            key: key,
            id: key.id(incident: incident.id),
            incident: incident.id,
            modification: incident.modification,
            program: words.program.id,
            programName: words.program.name,
            customerName: customer.name,
            message: words.message(for: customer.name),
            moreInfo: Self.obstacle(to: customer, method) ?? "",
            createdAt: incident.createdAt,
            announcedAt: incident.announcedAt,
            position: position
        )
        let delivery = begin(dispatch, effects: &effects)
        locations[dispatch.id] = RecordLocation(
            number: incident.number,
            participant: participant,
            record: book.records.count
        )
        book.records.append(DispatchRecord(dispatch: dispatch, delivery: delivery))
    }

    /// The same record for the incident's new modification: new words, to be sent and acknowledged anew.
    mutating func revise(_ record: Int, of index: Int, words: Wording, effects: inout [Effect]) {
        let incident = words.incident
        let old = books[index].records[record].dispatch
        let dispatch = Dispatch(
            key: old.key,
            id: old.id,
            incident: old.incident,
            modification: incident.modification,
            program: old.program,
            programName: old.programName,
            customerName: old.customerName,
            message: words.message(for: old.customerName),
            moreInfo: roster.customer(old.key.customer).map { Self.obstacle(to: $0, old.key.method) ?? "" }
                ?? old.moreInfo,
            createdAt: old.createdAt,
            announcedAt: incident.announcedAt,
            position: old.position
        )
        books[index].records[record] = DispatchRecord(
            dispatch: dispatch,
            delivery: begin(dispatch, effects: &effects)
        )
    }

    /// Why a method cannot reach a customer at all.
    private static func obstacle(to customer: Customer, _ method: DispatchMethod?) -> String? {
        guard let method else { return Dispatch.noWay(to: customer.name) }
        return customer.destination(of: method) == nil ? Dispatch.noDestination(of: method, customer.name) : nil
    }

    /// Records a dispatch with the state in which its delivery starts, has it sent, and tells the sessions.
    private mutating func begin(_ dispatch: Dispatch, effects: inout [Effect]) -> Delivery {
        let customer = dispatch.key.customer
        let isConnected = sessionCounts[customer] != nil
        var delivery = Delivery()
        var outgoing: Outgoing?
        switch dispatch.key.method {
        case nil: delivery.state = .unreachable
        case .websocket where !isConnected: delivery.state = .pending
        case .websocket: delivery = Delivery(state: .sending, attempts: 1)
        case let method?:
            outgoing = message(dispatch, kind: .dispatch, method: method, attempt: 1)
            if outgoing != nil {
                delivery = Delivery(state: .sending, attempts: 1)
            } else {
                // The method has no address; or the roster has changed since the incident was opened, and nobody is to be found
                // there any more.
                delivery.state = dispatch.moreInfo.isEmpty ? .withdrawn : .unreachable
            }
        }
        effects.append(.record(.dispatch(dispatch, delivery.state)))
        if let outgoing { send(outgoing, at: dispatch.announcedAt, into: &effects) }
        let news = News.dispatch(
            dispatch,
            attempt: delivery.attempts,
            hasBeenSent: dispatch.key.method == .websocket && delivery.state == .sending,
            isResync: false
        )
        switch (isConnected, observerCount > 0) {
        case (true, true): effects.append(.emit(news, to: .customerAndObservers(customer)))
        case (true, false): effects.append(.emit(news, to: .customer(customer)))
        case (false, true): effects.append(.emit(news, to: .observers))
        case (false, false): break
        }
        return delivery
    }

    /// The message for a carrier; `nil` when the roster no longer has the customer, or the customer not, or no longer, that method
    /// and an address for it.
    func message(_ dispatch: Dispatch, kind: Outgoing.Kind, method: DispatchMethod, attempt: Int) -> Outgoing? {
        guard let customer = roster.customer(dispatch.key.customer), customer.methods.contains(method),
            let destination = customer.destination(of: method)
        else { return nil }
        return Outgoing(
            kind: kind,
            dispatch: dispatch,
            method: method,
            attempt: attempt,
            destination: destination,
            text: Outgoing.text(kind, of: dispatch.message)
        )
    }
}
