internal import Base
internal import DemandResponse
internal import SocketIO

extension EncodedPacket {
    /// News as the Socket.IO event that carries it.
    init(_ news: News, at now: Timestamp) {
        switch news {
        case .dispatch(let dispatch, _, let hasBeenSent, _):
            var event = EventEncoder("new-dispatch", capacity: 640)
            event.json.dispatch(dispatch, hasBeenSent: hasBeenSent)
            self = event.finish()
        case .acknowledgement(let dispatch, let acknowledgement, _):
            var event = EventEncoder("acknowledge-update", capacity: 256)
            event.json.update(
                dispatch,
                by: acknowledgement.by,
                stated: acknowledgement.statedTime ?? acknowledgement.at.httpDate,
                modification: acknowledgement.modification,
                optsOut: acknowledgement.optsOut,
                isWithdrawal: acknowledgement.isWithdrawal,
                reason: nil
            )
            self = event.finish()
        case .acknowledgementRefused(let request, let refusal):
            self.init(refusing: request, refusal.message)
        case .incident(let incident):
            var event = EventEncoder("incident-update", capacity: 384)
            event.json.incident(incident, at: now)
            self = event.finish()
        }
    }

    /// An acknowledgement does not count.
    init(refusing request: AcknowledgementRequest, _ reason: String) {
        var event = EventEncoder("acknowledge-update", capacity: 320)
        event.json.update(
            request.dispatch,
            by: request.by,
            stated: request.statedTime,
            modification: request.modification ?? 0,
            optsOut: request.optsOut,
            reason: reason
        )
        self = event.finish()
    }
}

extension JSONWriter {
    /// The body of `acknowledge-update`: what the client sent, and why it does not count, unless it does.
    fileprivate mutating func update(
        _ dispatch: UniqueID,
        by: String,
        stated: String?,
        modification: Int,
        optsOut: Bool,
        isWithdrawal: Bool = false,
        reason: String?
    ) {
        beginObject()
        key("_id")
        string(dispatch.description)
        key("ackBy")
        string(by)
        key("ackTime")
        if let stated { string(stated) } else { null() }
        if modification > 0 {
            key("modificationNumber")
            integer(modification)
        }
        if optsOut {
            key("optOut")
            bool(true)
        }
        if isWithdrawal {
            key("withdrawn")
            bool(true)
        }
        key("success")
        bool(reason == nil)
        if let reason {
            key("reason")
            string(reason)
        }
        endObject()
    }
}
