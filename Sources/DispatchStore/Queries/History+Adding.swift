internal import Base
public import DemandResponse
internal import Journal

/// A history that is kept while a run goes on: the same, in the end, as one that is read from the run's record.
extension History {
    /// To be shown every change that is recorded, in order.
    public mutating func add(_ change: Change) {
        switch change {
        case .dispatch(let dispatch, let state): place(Record(dispatch, state))
        case .delivery(let key, _, .dispatch, let delivery):
            guard let index = index(of: key) else { return }
            records[index].state = delivery.state
            records[index].hasFailure = delivery.reason != nil
            records[index].deliveredAt = delivery.deliveredAt
        case .acknowledgement(let acknowledgement): add(acknowledgement)
        case .purged: records = []
        case .delivery, .incident, .roster: break
        }
    }

    /// To be shown what clients observed, in order.
    public mutating func add(_ seen: Observation) {
        if seen.kind == .connected, clockSpeed != 1 { connections[seen.customer] = seen.at }
        guard let index = seen.key.flatMap(index(of:)), records[index].modification == seen.modification else { return }
        switch seen.kind {
        case .received:
            if records[index].receivedAt == nil {
                records[index].receivedAt = seen.at
                if let at = connections[seen.customer] {
                    records[index].absence = max(.zero, at - records[index].announcedAt)
                }
            } else if records[index].lastSession == seen.session {
                records[index].duplicates += 1
            }
            records[index].lastSession = seen.session
        case .acknowledged: records[index].answeredAt = records[index].answeredAt ?? seen.at
        case .confirmed: records[index].confirmedAt = records[index].confirmedAt ?? seen.at
        case .connected, .joined, .disconnected, .refused, .told: break
        }
    }

    public mutating func addRefusal() { refusals += 1 }

    /// To be shown the script as it was carried out, at the end.
    public mutating func add(_ script: [ScriptStep]) {
        self.script = script
        for step in script where step.kind == .incident {
            if let incident = step.incident { names[incident] = step.name }
        }
    }

    /// A record of a modified incident begins anew.
    private mutating func place(_ record: Record) {
        if let index = index(of: record.key) {
            records[index] = record
        } else {
            records.append(record)
            moveLastIntoPlace()
        }
    }

    /// All records of a customer are acknowledged together.
    private mutating func add(_ acknowledgement: Acknowledgement) {
        var index = firstIndex(of: acknowledgement.customer, in: acknowledgement.incident)
        while index < records.count, records[index].key.incident == acknowledgement.incident,
            records[index].key.customer == acknowledgement.customer
        {
            if records[index].modification == acknowledgement.modification, records[index].acknowledgedAt == nil {
                records[index].acknowledgedAt = acknowledgement.at
                records[index].optedOut = acknowledgement.optsOut
                records[index].isLate = acknowledgement.isLate
            }
            index += 1
        }
    }
}

extension History.Record {
    fileprivate init(_ dispatch: Dispatch, _ state: DeliveryState) {
        self.init(
            key: dispatch.key,
            modification: dispatch.modification,
            program: dispatch.program,
            createdAt: dispatch.createdAt,
            announcedAt: dispatch.announcedAt,
            state: state,
            hasFailure: false,
            optedOut: false,
            isLate: false
        )
    }
}
