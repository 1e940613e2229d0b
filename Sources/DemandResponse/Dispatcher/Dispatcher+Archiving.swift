public import Base

extension Dispatcher {
    /// The incidents that had lapsed at an instant and are not archived, ascending.
    public func lapsedIncidents(at instant: Timestamp) -> [Incident.Number] {
        books.filter { !$0.isArchived && hasLapsed($0.incident, at: instant) }.map(\.incident.number)
    }

    /// Lets go of the dispatches of incidents that have lapsed: they take no acknowledgement and no report any more. What is still
    /// under way for them is withdrawn, so that nothing of theirs is ever taken up again. The incidents themselves stay, since a
    /// request for one is answered by its id.
    mutating func archive(_ numbers: [Incident.Number], at now: Timestamp, into effects: inout [Effect]) {
        for number in numbers {
            guard let index = index(number), !books[index].isArchived, hasLapsed(books[index].incident, at: now) else {
                continue
            }
            let kinds = [Outgoing.Kind.dispatch] + (books[index].incident.closing.map { [$0.kind.news] } ?? [])
            for record in books[index].records.indices {
                for kind in kinds {
                    withdraw(record, of: index, kind: kind, evenIfSending: true, into: &effects)
                }
                locations[books[index].records[record].dispatch.id] = nil
            }
            let isOfCustomer = roster.program(books[index].incident.program)?.rules?.limits.of == .customer
            books[index].archive(keeping: isOfCustomer ? books[index].called : [])
            current.removeAll { $0 == number }
        }
        forgetReported()
    }
}
