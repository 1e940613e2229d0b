internal import Base
internal import DemandResponse
internal import SocketIO

/// What a client of the dispatcher says over Socket.IO.
enum ClientMessage {
    /// `handshake` userId: a number or numeric text.
    case handshake(Customer.ID)
    /// `acknowledge` `{_id, ackBy, ackTime, optOut?, modificationNumber?}`.
    case acknowledge(AcknowledgementRequest)
    /// What was meant is known, but not what was said.
    case malformed(reason: String)
    /// An event that this server does not know: counted, and no more.
    case unknown

    init(_ event: SocketIOEvent) {
        switch event.name {
        case "handshake":
            guard let customer = event.arguments.first?.wholeNumber else {
                self = .malformed(reason: "handshake takes a customer's id, a number")
                return
            }
            self = .handshake(customer)
        case "acknowledge":
            self = Self.acknowledgement(event.arguments.first ?? .null)
        default:
            self = .unknown
        }
    }

    private static func acknowledgement(_ body: JSON) -> ClientMessage {
        guard let object = body.objectValue else {
            return .malformed(reason: "acknowledge takes an object with _id, ackBy and ackTime")
        }
        guard let id = object["_id"]?.stringValue.flatMap(UniqueID.init) else {
            return .malformed(reason: "_id must be the id of a dispatch, a UUID")
        }
        var request = AcknowledgementRequest(dispatch: id, by: "")
        switch object["ackBy"] {
        case .string(let by): request.by = by
        case nil, .null: break
        default: return .malformed(reason: "ackBy must be a text")
        }
        switch object["ackTime"] {
        case .string(let time): request.statedTime = time
        case .integer(let number): request.statedTime = String(number)
        case .number(let number): request.statedTime = JSON.number(number).wholeNumber.map { String($0) } ?? "\(number)"
        case nil, .null: break
        default: return .malformed(reason: "ackTime must be a text or a number")
        }
        for (field, text) in [("ackBy", request.by), ("ackTime", request.statedTime ?? "")] {
            if let refusal = TextRule.remark.refusal(of: text) { return .malformed(reason: "\(field) \(refusal)") }
        }
        switch object["optOut"] {
        case .bool(let optsOut): request.optsOut = optsOut
        case nil, .null: break
        default: return .malformed(reason: "optOut must be true or false")
        }
        if let number = object["modificationNumber"], number != .null {
            guard let modification = number.integerValue, (0...1_000_000).contains(modification) else {
                return .malformed(reason: "modificationNumber must be a whole number from 0")
            }
            request.modification = Int(modification)
        }
        return .acknowledge(request)
    }
}
