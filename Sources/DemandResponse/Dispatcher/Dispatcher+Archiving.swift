extension Dispatcher {
    /// Whether there is something to archive that has lapsed before an instant.
    public func holdsIncidents(lapsedBefore instant: Timestamp) -> Bool {
        books.contains { !$0.participants.isEmpty && hasLapsed($0.incident, before: instant) }
    }

    /// Lets go of the dispatches of incidents that lapsed before an instant: they take no acknowledgement and no report any more.
    /// What is still under way for them is withdrawn, so that nothing of theirs is ever taken up again. The incidents themselves
    /// stay, since a request for one is answered by its id.
    mutating func archive(before instant: Timestamp, at now: Timestamp, into effects: inout [Effect]) {
        let reached = min(instant, now)
        archivedBefore = archivedBefore.map { max($0, reached) } ?? reached
        for index in books.indices where !books[index].participants.isEmpty && isArchived(books[index].incident) {
            for record in books[index].records.indices {
                giveUp(record, of: index, kind: .dispatch, into: &effects)
                giveUp(record, of: index, kind: .cancellation, into: &effects)
                locations[books[index].records[record].dispatch.id] = nil
            }
            books[index].clear()
            let number = books[index].incident.number
            current.removeAll { $0 == number }
        }
        forgetReported()
    }

    func isArchived(_ incident: Incident) -> Bool {
        archivedBefore.map { hasLapsed(incident, before: $0) } ?? false
    }

    private func hasLapsed(_ incident: Incident, before instant: Timestamp) -> Bool {
        retries.lapse(of: incident).map { $0 < instant } ?? false
    }

    /// Withdraws what waits, and what was handed out and not reported of.
    private mutating func giveUp(_ record: Int, of index: Int, kind: Outgoing.Kind, into effects: inout [Effect]) {
        guard var delivery = delivery(record, of: index, kind: kind), delivery.state.mayBecome(.withdrawn) else {
            return
        }
        delivery.state = .withdrawn
        set(delivery, record, of: index, kind: kind, into: &effects)
    }
}
