internal import Base
internal import DemandResponse
internal import Journal
internal import SocketIO

/// What a client understands of what the server sends.
enum ServerEvent {
    case dispatch(ClientMachine.Arrival)
    case update(dispatch: UniqueID, optsOut: Bool, success: Bool, reason: String?)
    case incident(UniqueID, modification: Int, Closing.Kind?)
    case other

    init(_ event: SocketIOEvent) {
        guard let body = event.arguments.first?.objectValue else {
            self = .other
            return
        }
        switch event.name {
        case "new-dispatch": self = Self.dispatch(body) ?? .other
        case "acknowledge-update":
            guard let id = body["_id"]?.stringValue.flatMap(UniqueID.init), let success = body["success"]?.boolValue
            else {
                self = .other
                return
            }
            self = .update(
                dispatch: id,
                optsOut: body["optOut"]?.boolValue ?? false,
                success: success,
                reason: body["reason"]?.stringValue
            )
        case "incident-update":
            guard let id = body["_id"]?.stringValue.flatMap(UniqueID.init) else {
                self = .other
                return
            }
            self = .incident(
                id,
                modification: Int(body["modificationNumber"]?.integerValue ?? 0),
                Self.closing(body)
            )
        default: self = .other
        }
    }

    private static func closing(_ incident: JSONObject) -> Closing.Kind? {
        if incident["recalledAt"]?.stringValue != nil { return .recall }
        return incident["status"]?.stringValue == EventStatus.cancelled.rawValue ? .cancellation : nil
    }

    private static func dispatch(_ body: JSONObject) -> ServerEvent? {
        guard let id = body["_id"]?.stringValue.flatMap(UniqueID.init),
            let incident = body["incidentId"]?.stringValue.flatMap(UniqueID.init),
            let customer = body["customerId"]?.integerValue, let means = body["dispatchMeans"]?.stringValue,
            let message = body["message"]?.stringValue
        else { return nil }
        return .dispatch(
            ClientMachine.Arrival(
                customer: Int(customer),
                dispatch: id,
                incident: incident,
                method: DispatchMethod(name: means),
                modification: Int(body["modificationNumber"]?.integerValue ?? 0),
                digest: contentDigest(of: message)
            )
        )
    }
}

extension EncodedPacket {
    /// `acknowledge`, as a client sends it.
    init(_ acknowledging: ClientMachine.Acknowledging, at now: Timestamp) {
        var event = EventEncoder("acknowledge", capacity: 224)
        event.json.beginObject()
        event.json.key("_id")
        event.json.string(acknowledging.dispatch.description)
        event.json.key("ackBy")
        event.json.string(acknowledging.by)
        event.json.key("ackTime")
        event.json.string(now.httpDate)
        // By the time it arrives the present one may be another.
        if let modification = acknowledging.modification {
            event.json.key("modificationNumber")
            event.json.integer(modification)
        }
        if acknowledging.optsOut {
            event.json.key("optOut")
            event.json.bool(true)
        }
        event.json.endObject()
        self = event.finish()
    }
}
