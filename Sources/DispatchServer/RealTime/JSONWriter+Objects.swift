internal import Base
internal import DemandResponse
internal import DispatchStore
internal import SocketIO

/// The objects of the API, with the first version's field names in its order.
extension JSONWriter {
    mutating func program(_ program: Program, customers: [Customer]? = nil) {
        beginObject()
        key("_id")
        integer(program.id)
        key("name")
        string(program.name)
        if let customers {
            key("programCustomers")
            beginArray()
            for customer in customers { self.customer(customer) }
            endArray()
        }
        endObject()
    }

    mutating func customer(_ customer: Customer) {
        beginObject()
        key("_id")
        integer(customer.id)
        key("name")
        string(customer.name)
        key("address")
        string(customer.address)
        key("phone")
        string(customer.phone)
        key("email")
        string(customer.email)
        key("programId")
        integer(customer.program)
        key("dispatchTypes")
        beginArray()
        for method in customer.methods { integer(method.rawValue) }
        endArray()
        if let group = customer.group {
            key("group")
            string(group)
        }
        endObject()
    }

    mutating func incident(_ incident: Incident, at now: Timestamp) {
        beginObject()
        key("start_time")
        string(incident.period.startText)
        key("end_time")
        if let end = incident.endText { string(end) } else { null() }
        key("program_id")
        integer(incident.program)
        key("event_type")
        string(incident.eventType)
        key("createdOn")
        string(incident.createdAt.httpDate)
        key("_id")
        string(incident.id.description)
        key("correlationId")
        string(incident.correlation.description)
        key("test")
        bool(incident.isTest)
        key("modificationNumber")
        integer(incident.modification)
        key("status")
        string(incident.status(at: now).rawValue)
        // The same two times as instants, whatever the zone and the notation in which they were sent.
        key("startsAt")
        string(incident.period.start.iso8601)
        key("endsAt")
        if let end = incident.end { string(end.iso8601) } else { null() }
        if let lifted = incident.lifted {
            key("override")
            self.lifted(lifted)
        }
        if !incident.groups.isEmpty {
            key("group")
            beginArray()
            for group in incident.groups { string(group) }
            endArray()
        }
        if let recalledAt = incident.recalledAt {
            key("recalledAt")
            string(recalledAt.iso8601)
        }
        endObject()
    }

    /// - Parameters:
    ///   - hasBeenSent: whether the method took it.
    ///   - reason: why a delivery failed, in `moreInfo` where that is empty otherwise.
    mutating func dispatch(
        _ dispatch: Dispatch,
        hasBeenSent: Bool,
        reason: String? = nil,
        acknowledgement: DispatchAnswer? = nil
    ) {
        beginObject()
        key("_id")
        string(dispatch.id.description)
        key("incidentId")
        string(dispatch.incident.description)
        key("programId")
        integer(dispatch.program)
        key("programName")
        string(dispatch.programName)
        key("customerId")
        integer(dispatch.key.customer)
        key("customerName")
        string(dispatch.customerName)
        key("message")
        string(dispatch.message)
        key("hasBeenSent")
        bool(hasBeenSent)
        key("hasBeenAcknowledged")
        bool(acknowledgement != nil)
        key("dispatchMeans")
        string(dispatch.key.method?.name ?? "")
        key("moreInfo")
        string(dispatch.moreInfo.isEmpty ? reason ?? "" : dispatch.moreInfo)
        key("createdOn")
        string(dispatch.createdAt.httpDate)
        // Beyond the first version's fields, and only where there is something to say.
        if dispatch.modification > 0 {
            key("modificationNumber")
            integer(dispatch.modification)
        }
        if let acknowledgement {
            key("acknowledgeOn")
            string(acknowledgement.stated ?? acknowledgement.at.httpDate)
            key("acknowledgebBy")
            string(acknowledgement.by)
            if acknowledgement.optsOut {
                key("optOut")
                bool(true)
            }
            if acknowledgement.isWithdrawn {
                key("withdrawn")
                bool(true)
            }
        }
        endObject()
    }
}

/// What a dispatch object says of its acknowledgement.
struct DispatchAnswer {
    var at: Timestamp
    var by: String
    var stated: String?
    var optsOut: Bool
    var isWithdrawn: Bool
}

extension DispatchRow {
    var answer: DispatchAnswer? {
        acknowledgedAt.map {
            DispatchAnswer(
                at: $0,
                by: acknowledgedBy ?? "",
                stated: acknowledgedStated,
                optsOut: optedOut,
                isWithdrawn: isWithdrawn
            )
        }
    }
}
