internal import Base
public import DemandResponse
internal import Journal

/// A history that is kept while a run goes on: the same, in the end, as one that is read from the run's record.
extension History {
    /// To be shown every change that is recorded, in order.
    public mutating func add(_ change: Change) {
        switch change {
        case .dispatch(let dispatch, let state): place(Record(dispatch, state))
        case .delivery(let key, let modification, .dispatch, let delivery):
            self.change(key, modification: modification) { record in
                record.state = delivery.state
                record.attempts = delivery.attempts
                record.hasFailure = delivery.reason != nil
                record.deliveredAt = delivery.deliveredAt
            }
        case .acknowledgement(let acknowledgement): add(acknowledgement)
        case .purged: (records, earlier) = ([], [:])
        case .roster(let roster): groups = Self.groups(of: roster.customers)
        case .delivery, .incident, .leftOut: break
        }
    }

    /// To be shown what clients observed, in order.
    public mutating func add(_ seen: Observation) {
        if seen.kind == .connected, clockSpeed != 1 { connections[seen.customer] = seen.at }
        guard let key = seen.key, let modification = seen.modification else { return }
        let connectedAt = connections[seen.customer]
        change(key, modification: modification) { record in
            switch seen.kind {
            case .received:
                if record.receivedAt == nil {
                    record.receivedAt = seen.at
                    if let connectedAt { record.absence = max(.zero, connectedAt - record.announcedAt) }
                } else if record.lastSession == seen.session {
                    record.duplicates += 1
                }
                record.lastSession = seen.session
            case .acknowledged: record.answeredAt = record.answeredAt ?? seen.at
            case .confirmed: record.confirmedAt = record.confirmedAt ?? seen.at
            case .connected, .joined, .disconnected, .refused, .told: break
            }
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
            earlier[record.key, default: []].append(records[index])
            records[index] = record
        } else {
            records.append(record)
            moveLastIntoPlace()
        }
    }

    private mutating func add(_ acknowledgement: Acknowledgement) {
        acknowledge(
            acknowledgement.incident,
            acknowledgement.customer,
            acknowledgement.modification,
            at: acknowledgement.at,
            optsOut: acknowledgement.optsOut,
            isWithdrawal: acknowledgement.isWithdrawal,
            isLate: acknowledgement.isLate
        )
    }

    /// All records of a customer are acknowledged together; the first answer to a modification keeps its time, the last one counts.
    mutating func acknowledge(
        _ incident: Incident.Number,
        _ customer: Customer.ID,
        _ modification: Int,
        at instant: Timestamp,
        optsOut: Bool,
        isWithdrawal: Bool,
        isLate: Bool
    ) {
        var index = firstIndex(of: customer, in: incident)
        while index < records.count, records[index].key.incident == incident, records[index].key.customer == customer {
            change(at: index, modification: modification) { record in
                record.acknowledgedAt = record.acknowledgedAt ?? instant
                record.optedOut = optsOut
                record.isWithdrawn = isWithdrawal
                record.isLate = isLate
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
            attempts: state == .sending ? 1 : 0,
            hasFailure: false,
            optedOut: false,
            isLate: false
        )
    }
}
