/// Why bytes are not a Socket.IO packet. Whoever receives such bytes closes the session.
struct SocketIODecodingError: Error, Hashable, CustomStringConvertible {
    enum Code: String {
        case empty = "an empty packet"
        case unknownType = "an unknown packet type"
        case illegalAttachmentCount = "the number of attachments is missing or wrong"
        case tooManyAttachments = "too many attachments"
        case acknowledgementIDTooLarge = "the acknowledgement id is too large"
        case unexpectedAcknowledgementID = "a packet of this type has no acknowledgement id"
        case missingAcknowledgementID = "an acknowledgement without its id"
        case missingPayload = "the payload is missing"
        case unexpectedPayload = "a packet of this type has no payload"
        case payloadNotJSON = "the payload is not JSON"
        case payloadNotAnArray = "the payload is not an array"
        case payloadNotAnObject = "the payload is not an object"
        case missingEventName = "the payload does not start with an event name"
        case reservedEventName = "the event name is reserved"
        case unexpectedText = "text came while attachments were due"
        case unexpectedBinary = "bytes came that no packet announced"
        case placeholderOutOfBounds = "a placeholder names no attachment"
        case placeholderRepeated = "two placeholders name the same attachment"
    }

    let code: Code
    /// More about it, where there is more.
    var detail: String?

    init(_ code: Code, _ detail: String? = nil) {
        self.code = code
        self.detail = detail
    }

    static func == (a: SocketIODecodingError, b: SocketIODecodingError) -> Bool { a.code == b.code }
    func hash(into hasher: inout Hasher) { hasher.combine(code) }

    var description: String { detail.map { "\(code.rawValue): \($0)" } ?? code.rawValue }
}
