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

    /// The longest name or time that is kept.
    static let longestText = 1_000

    init(_ event: SocketIOEvent) {
        switch event.name {
        case "handshake":
            guard let customer = Self.integer(event.arguments.first) else {
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
        case .string(let by) where by.utf8.count <= longestText: request.by = by
        case nil, .null: break
        default: return .malformed(reason: "ackBy must be a text of at most \(longestText) bytes")
        }
        switch object["ackTime"] {
        case .string(let time) where time.utf8.count <= longestText: request.statedTime = time
        case .integer(let number): request.statedTime = String(number)
        case nil, .null: break
        default: return .malformed(reason: "ackTime must be a text of at most \(longestText) bytes")
        }
        switch object["optOut"] {
        case .bool(let optsOut): request.optsOut = optsOut
        case nil, .null: break
        default: return .malformed(reason: "optOut must be true or false")
        }
        switch object["modificationNumber"] {
        case .integer(let number) where (0...1_000_000).contains(number): request.modification = Int(number)
        case nil, .null: break
        default: return .malformed(reason: "modificationNumber must be a whole number from 0")
        }
        return .acknowledge(request)
    }

    private static func integer(_ value: JSON?) -> Int? {
        switch value {
        case .string(let text): Int(text)
        case let value?: value.integerValue.flatMap { Int(exactly: $0) }
        case nil: nil
        }
    }
}
