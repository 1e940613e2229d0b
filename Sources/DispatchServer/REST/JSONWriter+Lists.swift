internal import Base
internal import DemandResponse
internal import DispatchStore
internal import Journal
internal import SocketIO
internal import Measures

/// The objects that only lists and summaries have.
extension JSONWriter {
    /// A program as it is exported, and how many customers it has.
    mutating func program(_ row: ProgramRow) {
        beginObject()
        programMembers(row.program)
        key("customerCount")
        integer(row.customerCount)
        endObject()
    }

    mutating func programMembers(_ program: Program) {
        key("_id")
        integer(program.id)
        key("name")
        string(program.name)
        key("timeZone")
        string(program.timeZone)
        key("acknowledgeWithinSeconds")
        seconds(program.acknowledgeWithin)
        key("message")
        text(program.messageTemplate)
        if let retries = program.retries {
            key("retryTimes")
            integer(retries.times)
            key("retryFirstSeconds")
            seconds(retries.first)
            key("retryAtMostSeconds")
            seconds(retries.atMost)
        }
        if let rules = program.rules { ruleMembers(rules) }
    }

    mutating func dispatch(_ row: DispatchRow) {
        dispatch(
            row.dispatch,
            hasBeenSent: row.delivery.state.hasBeenSent,
            reason: row.delivery.reason,
            acknowledgement: row.answer
        )
    }

    mutating func summary(_ summary: IncidentSummary, at now: Timestamp) {
        beginObject()
        key("incidentId")
        string(summary.incident.id.description)
        key("modificationNumber")
        integer(summary.incident.modification)
        key("status")
        string(summary.incident.status(at: now).rawValue)
        key("asOf")
        string(now.iso8601)
        key("customers")
        let counts = summary.overall.counts
        integer(counts.customers)
        key("answered")
        integer(counts.acknowledged)
        for standing in Standing.allCases {
            key(standing.rawValue)
            integer(counts[standing])
        }
        key("reached")
        integer(counts.reached)
        key("late")
        integer(counts.late)
        key("channels")
        beginArray()
        for (method, group) in summary.channels {
            channel(method, group.counts, isObserved: method != .websocket || summary.isObserved)
        }
        endArray()
        key("deliveryLatency")
        latency(summary.overall.delivery)
        key("acknowledgementLatency")
        latency(summary.overall.acknowledgement)
        endObject()
    }

    /// - Parameter isObserved: whether anybody says what came through; nobody does by websocket, unless clients are watched.
    private mutating func channel(_ method: DispatchMethod, _ counts: Counts, isObserved: Bool) {
        beginObject()
        key("channel")
        string(method.name)
        key("records")
        integer(counts.dispatches)
        key("sent")
        integer(counts.sent)
        key("delivered")
        if isObserved { integer(counts.delivered) } else { null() }
        key("failed")
        integer(counts.failed)
        endObject()
    }

    /// A percentile is null while it falls among those that have not come yet, or while there are too few to carry it.
    private mutating func latency(_ population: Population) {
        func milliseconds(_ value: Population.Value) -> Double? {
            guard case .span(let span) = value else { return nil }
            return Double(span.microseconds) / 1_000
        }
        beginObject()
        key("count")
        integer(population.count)
        key("outstanding")
        integer(population.endless)
        for (name, perMille) in [("p50", 500), ("p90", 900), ("p95", 950), ("p99", 990)] {
            key("\(name)Milliseconds")
            if let value = milliseconds(population.percentile(perMille: perMille)) { number(value) } else { null() }
        }
        key("latestMilliseconds")
        if let last = population.values.last { number(Double(last.microseconds) / 1_000) } else { null() }
        endObject()
    }

    mutating func participation(_ participation: Participation) {
        beginObject()
        key("customerId")
        integer(participation.customer)
        key("customerName")
        string(participation.customerName)
        key("state")
        string(participation.standing.rawValue)
        key("reached")
        bool(participation.isReached)
        key("announcedAt")
        string(participation.announcedAt.iso8601)
        if let at = participation.acknowledgedAt {
            key("acknowledgedAt")
            string(at.iso8601)
            key("acknowledgebBy")
            string(participation.acknowledgedBy ?? "")
            key("late")
            bool(participation.isLate)
        }
        if let at = participation.changedAt {
            key("changedAt")
            string(at.iso8601)
        }
        key("records")
        beginArray()
        for record in participation.records {
            beginObject()
            key("_id")
            string(record.id)
            key("dispatchMeans")
            string(record.method?.name ?? "")
            key("state")
            string(record.state.rawValue)
            if let reason = record.reason {
                key("moreInfo")
                string(reason)
            }
            endObject()
        }
        endArray()
        endObject()
    }

    mutating func auditEntry(_ entry: AuditEntry) {
        beginObject()
        key("sequence")
        integer(entry.sequence)
        key("cause")
        integer(entry.row.cause)
        key("time")
        string(entry.row.at.iso8601)
        key("kind")
        string(entry.row.kind.name)
        key("correlationId")
        text(entry.row.correlation?.description)
        key("session")
        integer(entry.row.session.map { Int($0.number) })
        key("incidentId")
        text(entry.incident)
        key("customerId")
        integer(entry.row.customer)
        key("customerName")
        text(entry.customerName)
        key("channel")
        text(entry.row.method?.name)
        key("modificationNumber")
        integer(entry.row.modification)
        key("attempt")
        integer(entry.row.attempt)
        key("state")
        text(entry.row.state?.name)
        key("detail")
        text(entry.row.detail)
        key("actor")
        text(entry.row.actor)
        endObject()
    }

    private mutating func seconds(_ span: Span?) {
        if let span { number(Double(span.microseconds) / 1_000_000) } else { null() }
    }

    private mutating func integer(_ value: Int?) {
        if let value { integer(value) } else { null() }
    }

    mutating func text(_ value: String?) {
        if let value { string(value) } else { null() }
    }
}
