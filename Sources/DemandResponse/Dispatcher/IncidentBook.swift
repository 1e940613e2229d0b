internal import Base

/// An incident with everything that is known of its dispatches.
struct IncidentBook: Sendable {
    var incident: Incident
    /// `nil` while it has not been modified.
    var past: IncidentPast?
    /// Ascending by customer.
    var participants: [Participant] = []
    /// Grouped by participant, in the customer's order of methods.
    var records: [DispatchRecord] = []
    /// How the news of its cancellation or recall gets through, for the records whose dispatch had gone out to a carrier.
    var closings: [Int: Delivery] = [:]
    /// Who was called, of an archived incident whose program has limits of each customer.
    private(set) var calledBefore: [Customer.ID] = []
    /// Only the incident is known any more, and it stays as it is.
    private(set) var isArchived = false

    /// Keeps the incident alone.
    /// - Parameter called: of whom it is still to be known that they were called.
    mutating func archive(keeping called: [Customer.ID] = []) {
        isArchived = true
        calledBefore = called
        participants = []
        records = []
        closings = [:]
    }

    /// Whom it dispatched, as far as that is to be known.
    var called: [Customer.ID] { isArchived ? calledBefore : participants.map(\.customer) }

    /// Whether somebody may have been told of it; of what was modified that is taken for granted, since what went before begins anew.
    var noticeHasLeft: Bool { incident.modification > 0 || records.contains { $0.delivery.attempts > 0 } }

    /// What is archived is over, also for a clock that was ahead then.
    func isOver(at now: Timestamp) -> Bool { isArchived || incident.isOver(at: now) }

    /// The position of a customer among the participants.
    func participant(_ customer: Customer.ID) -> Int? {
        participants.index(of: customer) { $0.customer }
    }

    /// Puts a customer's answer in the place of the one that stood for the same modification.
    mutating func keep(_ answer: Acknowledgement, of participant: Int) {
        if answer.modification == incident.modification {
            participants[participant].acknowledgement = answer
        } else {
            participants[participant].earlier.removeAll { $0.modification == answer.modification }
            participants[participant].earlier.append(answer)
        }
    }

    /// The position of a record.
    func record(_ key: DispatchKey) -> Int? {
        guard let participant = participant(key.customer) else { return nil }
        return participants[participant].records.first { records[$0].dispatch.key.method == key.method }
    }
}

/// A customer as dispatched by one incident.
struct Participant: Sendable {
    let customer: Customer.ID
    let records: Range<Int>
    /// The answer to the incident's present modification.
    var acknowledgement: Acknowledgement?
    /// The answers to older modifications.
    var earlier: [Acknowledgement] = []

    func answer(to modification: Int) -> Acknowledgement? {
        if let acknowledgement, acknowledgement.modification == modification { return acknowledgement }
        return earlier.first { $0.modification == modification }
    }
}

struct DispatchRecord: Sendable {
    var dispatch: Dispatch
    var delivery: Delivery
}

struct RecordLocation: Sendable {
    let number: Incident.Number
    let participant: Int
    let record: Int
}

extension Dispatcher {
    /// The position in `books` of an incident that has not been purged.
    func index(_ number: Incident.Number) -> Int? {
        let index = number - firstNumber
        return books.indices.contains(index) ? index : nil
    }

    var nextNumber: Incident.Number { firstNumber + books.count }
}
