internal import Base

/// Reads the text of one packet: `<type>[<attachments>-][<namespace>,][<acknowledgement id>][<JSON>]`.
struct SocketIOPacketParser {
    private var json: JSONParser

    init(_ bytes: UnsafeRawBufferPointer) {
        json = JSONParser(bytes)
    }

    mutating func packet() throws(SocketIODecodingError) -> (packet: SocketIOPacket, attachments: Int) {
        guard let digit = json.peek() else { throw SocketIODecodingError(.empty) }
        guard let kind = SocketIOPacket.Kind(rawValue: digit) else { throw SocketIODecodingError(.unknownType) }
        json.position += 1
        let attachments = kind.isBinary ? try attachmentCount() : 0
        let namespace = try namespace()
        let id = try acknowledgementID()
        return (try content(kind, namespace: namespace, id: id), attachments)
    }

    private mutating func content(
        _ kind: SocketIOPacket.Kind,
        namespace: String,
        id: Int?
    ) throws(SocketIODecodingError) -> SocketIOPacket {
        switch kind {
        case .event, .binaryEvent:
            return .event(try event(namespace: namespace, id: id))
        case .acknowledgement, .binaryAcknowledgement:
            guard let id else { throw SocketIODecodingError(.missingAcknowledgementID) }
            guard json.peek() != nil else { throw SocketIODecodingError(.missingPayload) }
            guard case .array(let arguments)? = try payload() else { throw SocketIODecodingError(.payloadNotAnArray) }
            return .acknowledgement(namespace: namespace, id: id, arguments: arguments)
        case .connect:
            try refuse(id)
            return .connect(namespace: namespace, payload: try connectPayload())
        case .disconnect:
            try refuse(id)
            guard json.peek() == nil else { throw SocketIODecodingError(.unexpectedPayload) }
            return .disconnect(namespace: namespace)
        case .connectError:
            try refuse(id)
            return .connectError(namespace: namespace, payload: try connectErrorPayload())
        }
    }

    /// The payload of an event, element by element, so that its name never becomes a value of its own.
    private mutating func event(namespace: String, id: Int?) throws(SocketIODecodingError) -> SocketIOEvent {
        guard json.peek() != nil else { throw SocketIODecodingError(.missingPayload) }
        guard json.consume(UInt8(ascii: "[")) else { throw SocketIODecodingError(.payloadNotAnArray) }
        let name = try eventName()
        var arguments: [JSON] = []
        while json.consume(UInt8(ascii: ",")) { arguments.append(try value(depth: 1)) }
        guard json.consume(UInt8(ascii: "]")) else { throw notJSON(json.unexpected()) }
        try end()
        return SocketIOEvent(namespace: namespace, name: name, arguments: arguments, acknowledgementID: id)
    }

    private mutating func eventName() throws(SocketIODecodingError) -> String {
        json.skipWhitespace()
        if json.peek() == UInt8(ascii: "]") { throw SocketIODecodingError(.missingEventName) }
        switch try value(depth: 1) {
        case .string(let name):
            guard !SocketIOEvent.isReserved(name) else { throw SocketIODecodingError(.reservedEventName, name) }
            return name
        case .integer(let number): return String(number)
        case .number(let number): return String(number)
        default: throw SocketIODecodingError(.missingEventName)
        }
    }
}

// MARK: - What stands before the payload

extension SocketIOPacketParser {
    private mutating func attachmentCount() throws(SocketIODecodingError) -> Int {
        guard let count = try number(overflow: .tooManyAttachments), count > 0, json.peek() == UInt8(ascii: "-") else {
            throw SocketIODecodingError(.illegalAttachmentCount)
        }
        guard count <= SocketIODecoder.maximumAttachments else { throw SocketIODecodingError(.tooManyAttachments) }
        json.position += 1
        return count
    }

    /// From a slash to a comma, or to the end.
    private mutating func namespace() throws(SocketIODecodingError) -> String {
        guard json.peek() == UInt8(ascii: "/") else { return "/" }
        let start = json.position
        while let byte = json.peek(), byte != UInt8(ascii: ",") { json.position += 1 }
        let name = String(decoding: json.bytes[start..<json.position], as: UTF8.self)
        if json.peek() != nil { json.position += 1 }
        return name
    }

    private mutating func acknowledgementID() throws(SocketIODecodingError) -> Int? {
        try number(overflow: .acknowledgementIDTooLarge)
    }

    /// Digits, if there are any. JavaScript's numbers end at 2^53, and so do these.
    private mutating func number(overflow: SocketIODecodingError.Code) throws(SocketIODecodingError) -> Int? {
        var value: Int?
        while let byte = json.peek(), case let digit = byte &- UInt8(ascii: "0"), digit < 10 {
            let next = (value ?? 0) * 10 + Int(digit)
            guard next < 1 << 53 else { throw SocketIODecodingError(overflow) }
            value = next
            json.position += 1
        }
        return value
    }
}

// MARK: - Payloads

extension SocketIOPacketParser {
    private mutating func connectPayload() throws(SocketIODecodingError) -> JSONObject? {
        switch try payload() {
        case nil: return nil
        case .object(let object)?: return object
        default: throw SocketIODecodingError(.payloadNotAnObject)
        }
    }

    private mutating func connectErrorPayload() throws(SocketIODecodingError) -> JSON? {
        let payload = try payload()
        switch payload {
        case nil, .object?, .string?: return payload
        default: throw SocketIODecodingError(.payloadNotAnObject)
        }
    }

    private mutating func payload() throws(SocketIODecodingError) -> JSON? {
        guard json.peek() != nil else { return nil }
        let result = try value(depth: 0)
        try end()
        return result
    }

    private mutating func value(depth: Int) throws(SocketIODecodingError) -> JSON {
        do {
            return try json.value(depth: depth)
        } catch {
            throw notJSON(error)
        }
    }

    private mutating func end() throws(SocketIODecodingError) {
        json.skipWhitespace()
        guard json.peek() == nil else { throw notJSON(JSONParsingError(.trailingBytes, at: json.position)) }
    }

    private func refuse(_ id: Int?) throws(SocketIODecodingError) {
        if id != nil { throw SocketIODecodingError(.unexpectedAcknowledgementID) }
    }

    private func notJSON(_ error: JSONParsingError) -> SocketIODecodingError {
        SocketIODecodingError(.payloadNotJSON, error.description)
    }
}
