public import Base
internal import DemandResponse
internal import Measures

/// The latencies of a history, each in the time that ``Latency/clock(by:)`` names. The view `latencies` has the same of every record.
extension History {
    /// Whether anybody would say that a record came through: nobody does without a method, and by websocket only the client,
    /// which nobody watches but a run.
    public func canBeDelivered(_ record: Record) -> Bool {
        record.key.method.map { $0 != .websocket || isObserved } ?? false
    }

    /// From a record's announcement to the client's, or the person's, having it.
    public func deliveryLatency(of record: Record) -> Span? {
        record.reachedAt.map { span($0 - record.announcedAt, ofWhich: record.way) }
    }

    /// From the announcement to the answer's commit.
    /// - Parameter own: all records of a customer in an incident.
    public func acknowledgementLatency(of own: ArraySlice<Record>) -> Span? {
        guard let first = own.first, let at = first.acknowledgedAt else { return nil }
        guard clockSpeed != 1 else { return at - first.announcedAt }
        // Whom a carrier reached first did not begin to think when the client had it.
        var way = Span.zero
        if let record = own.first(where: { $0.key.method == .websocket }), let received = record.receivedAt,
            !own.contains(where: { $0.key.method != .websocket && ($0.deliveredAt ?? received) < received })
        {
            way = record.way
        }
        if let answered = Self.earliest(own, \.answeredAt) { way = way + max(.zero, at - answered) }
        return max(.zero, span(at - first.announcedAt, ofWhich: way))
    }

    /// Whether the client of a customer was seen to answer, and so has something to be confirmed.
    public func isAnswered(_ own: ArraySlice<Record>) -> Bool { own.contains { $0.answeredAt != nil } }

    /// From the client's sending its first answer to its seeing the update.
    public func confirmationLatency(of own: ArraySlice<Record>) -> Span? {
        guard let answered = Self.earliest(own, \.answeredAt), let confirmed = Self.earliest(own, \.confirmedAt) else {
            return nil
        }
        return span(confirmed - answered, ofWhich: confirmed - answered)
    }

    /// From when the script wanted a step to its commit.
    public func dispatchLag(of step: ScriptStep) -> Span? {
        step.committedAt.map { span($0 - step.dueAt, ofWhich: $0 - step.dueAt) }
    }

    /// A span on the record's clock, of which a part is the software's and was multiplied by the clock's speed.
    private func span(_ span: Span, ofWhich part: Span) -> Span {
        clockSpeed == 1 ? span : span - part + part.scaled(by: 1 / clockSpeed)
    }

    private static func earliest(_ own: ArraySlice<Record>, _ instant: (Record) -> Timestamp?) -> Timestamp? {
        own.reduce(nil) { earliest, record in
            guard let at = instant(record) else { return earliest }
            return min(earliest ?? at, at)
        }
    }
}

extension History.Record {
    /// How long the software took to bring it to the client, on the record's clock; of a carrier's delay nothing is the software's.
    fileprivate var way: Span {
        guard key.method == .websocket, let receivedAt else { return .zero }
        return max(.zero, receivedAt - announcedAt - absence)
    }
}
