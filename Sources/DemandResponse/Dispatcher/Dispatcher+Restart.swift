internal import Base
internal import DequeModule

/// What a database holds of a dispatcher: enough to go on where it stopped.
public struct DispatcherSnapshot: Sendable {
    public struct Record: Sendable {
        public var dispatch: Dispatch
        public var delivery: Delivery
        /// How the news of the cancellation or recall got on, if it had to be sent.
        public var closing: Delivery?

        public init(dispatch: Dispatch, delivery: Delivery, closing: Delivery?) {
            self.dispatch = dispatch
            self.delivery = delivery
            self.closing = closing
        }
    }

    public var roster: Roster
    /// Ascending by number, without gaps.
    public var incidents: [Incident]
    /// Ascending by incident, then customer; those of a customer in the order of its methods.
    public var records: [Record]
    /// In the order in which they were taken, or any: the one that counts of each customer, incident and modification.
    public var acknowledgements: [Acknowledgement]
    /// Of the incidents that were modified.
    public var pasts: [Incident.Number: IncidentPast]
    /// The number that the next incident gets, which a purge does not set back.
    public var nextNumber: Incident.Number
    /// Of those of `Input.incidentsArchived` records and acknowledgements are left out.
    public var archived: Set<Incident.Number>
    /// Whom archived incidents called whose programs have limits of each customer.
    public var called: [Incident.Number: [Customer.ID]]

    public init(
        roster: Roster,
        incidents: [Incident] = [],
        records: [Record] = [],
        acknowledgements: [Acknowledgement] = [],
        pasts: [Incident.Number: IncidentPast] = [:],
        nextNumber: Incident.Number = 1,
        archived: Set<Incident.Number> = [],
        called: [Incident.Number: [Customer.ID]] = [:]
    ) {
        self.roster = roster
        self.incidents = incidents
        self.records = records
        self.acknowledgements = acknowledgements
        self.pasts = pasts
        self.nextNumber = nextNumber
        self.archived = archived
        self.called = called
    }
}

extension Dispatcher {
    /// The dispatcher as it was when it stopped, without sessions. Its first input is to be `.started`.
    public init(restoring snapshot: DispatcherSnapshot, retries: RetryPolicy = RetryPolicy()) {
        self.init(roster: snapshot.roster, retries: retries)
        firstNumber = snapshot.nextNumber - snapshot.incidents.count
        var records = snapshot.records[...]
        for incident in snapshot.incidents {
            var book = IncidentBook(incident: incident, past: snapshot.pasts[incident.number])
            while let customer = records.first?.dispatch.key.customer,
                records.first?.dispatch.key.incident == incident.number
            {
                let own = records.prefix {
                    $0.dispatch.key.incident == incident.number && $0.dispatch.key.customer == customer
                }
                restore(own, of: customer, to: &book)
                records = records.dropFirst(own.count)
            }
            numbers[incident.id] = incident.number
            if snapshot.archived.contains(incident.number) {
                book.archive(keeping: snapshot.called[incident.number, default: []])
            } else {
                current.append(incident.number)
                scheduleEnd(of: incident)
                scheduleLongest(of: incident)
            }
            books.append(book)
        }
        for acknowledgement in snapshot.acknowledgements {
            guard let index = index(acknowledgement.incident),
                let participant = books[index].participant(acknowledgement.customer)
            else { continue }
            books[index].keep(acknowledgement, of: participant)
        }
    }

    private mutating func restore(
        _ records: ArraySlice<DispatcherSnapshot.Record>,
        of customer: Customer.ID,
        to book: inout IncidentBook
    ) {
        let first = book.records.count
        for record in records {
            locations[record.dispatch.id] = RecordLocation(
                number: book.incident.number,
                participant: book.participants.count,
                record: book.records.count
            )
            if let closing = record.closing { book.closings[book.records.count] = closing }
            book.records.append(DispatchRecord(dispatch: record.dispatch, delivery: record.delivery))
        }
        book.participants.append(Participant(customer: customer, records: first..<book.records.count))
    }

    /// Takes up what the last process left half done. What was handed out without a report is handed out again: at least
    /// once, never a silent loss; but what nobody waits for any more is withdrawn. Over Socket.IO it waits for the customer's
    /// next session: those of the last process are gone, also where a journal is fed to one that lives on.
    mutating func resume(at now: Timestamp, into effects: inout [Effect]) {
        sessions = [:]
        sessionCounts = [:]
        observerCount = 0
        unreported.removeAll()
        current = current.filter { number in index(number).map { !hasLapsed(books[$0].incident, at: now) } ?? false }
        for index in books.indices {
            for record in books[index].records.indices {
                let delivery = books[index].records[record].delivery
                resume(record, of: index, kind: .dispatch, delivery, at: now, into: &effects)
            }
            guard let news = books[index].incident.closing?.kind.news else { continue }
            for record in books[index].closings.keys.sorted() {
                guard var delivery = books[index].closings[record] else { continue }
                // A database holds no more of it than this.
                delivery = Delivery(state: delivery.state, attempts: delivery.attempts)
                books[index].closings[record] = delivery
                resume(record, of: index, kind: news, delivery, at: now, into: &effects)
            }
        }
        runTimers(at: now, into: &effects)
    }

    private mutating func resume(
        _ record: Int,
        of index: Int,
        kind: Outgoing.Kind,
        _ delivery: Delivery,
        at now: Timestamp,
        into effects: inout [Effect]
    ) {
        let key = books[index].records[record].dispatch.key
        guard delivery.state == .sending || delivery.state == .deferred, let method = key.method else { return }
        let isWanted = isWanted(kind, by: key.customer, of: index, at: now)
        if isWanted, method != .websocket {
            // What was under way when the process ended may have arrived.
            if delivery.state == .sending {
                var unknown = delivery
                unknown.mayHaveArrived = true
                keep(unknown, record, of: index, kind: kind)
            }
            hand(record, of: index, kind: kind, method: method, at: now, into: &effects)
        } else {
            var delivery = delivery
            delivery.state = isWanted ? .pending : .withdrawn
            set(delivery, record, of: index, kind: kind, into: &effects)
        }
    }
}
