internal import Base
public import NIOCore

/// What the server tells the client when a session opens (Engine.IO protocol 4, "Handshake").
public struct EngineIOHandshake: Hashable, Sendable {
    public var sessionID: String
    /// Transports that the session could move to.
    public var upgrades: [String]
    public var pingInterval: TimeAmount
    public var pingTimeout: TimeAmount
    /// The longest message that the server takes, in bytes.
    public var maximumPayloadBytes: Int

    public init(
        sessionID: String,
        upgrades: [String] = [],
        pingInterval: TimeAmount,
        pingTimeout: TimeAmount,
        maximumPayloadBytes: Int
    ) {
        self.sessionID = sessionID
        self.upgrades = upgrades
        self.pingInterval = pingInterval
        self.pingTimeout = pingTimeout
        self.maximumPayloadBytes = maximumPayloadBytes
    }

    /// Nil if a mandatory member is missing or of the wrong type. `maxPayload` came late to the protocol and may be
    /// missing. Durations beyond a day are cut, so that adding them to an instant cannot overflow.
    init?(_ json: JSON) {
        guard let sessionID = json["sid"]?.stringValue,
            let interval = json["pingInterval"]?.integerValue, interval > 0,
            let timeout = json["pingTimeout"]?.integerValue, timeout > 0
        else { return nil }
        let day: Int64 = 24 * 60 * 60 * 1000
        self.init(
            sessionID: sessionID,
            upgrades: json["upgrades"]?.arrayValue?.compactMap(\.stringValue) ?? [],
            pingInterval: .milliseconds(min(interval, day)),
            pingTimeout: .milliseconds(min(timeout, day)),
            maximumPayloadBytes: json["maxPayload"]?.integerValue.flatMap(Int.init(exactly:)) ?? 1_000_000
        )
    }

    /// Writes the members in the reference implementation's order.
    func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.key("sid")
        writer.string(sessionID)
        writer.key("upgrades")
        writer.value(.array(upgrades.map(JSON.string)))
        writer.key("pingInterval")
        writer.integer(pingInterval.milliseconds)
        writer.key("pingTimeout")
        writer.integer(pingTimeout.milliseconds)
        writer.key("maxPayload")
        writer.integer(maximumPayloadBytes)
        writer.endObject()
    }
}

extension TimeAmount {
    var milliseconds: Int64 { nanoseconds / 1_000_000 }
}
