internal import NIOCore

/// The two requests that a polling client has under way at most, and the packets that wait for the next of them
/// (Engine.IO protocol 4, "Sending and receiving data"). No I/O.
struct PollingExchange {
    /// A GET waits for its answer.
    private(set) var isPolled = false
    /// A POST has begun and not ended.
    private(set) var isPushed = false
    /// As whole WebSocket frames: shared with other sessions, and ready for the upgrade.
    private var frames: [ByteBuffer] = []
    private var queuedBytes = 0

    /// False if one waits already, which is an error.
    mutating func poll() -> Bool {
        defer { isPolled = true }
        return !isPolled
    }

    /// False if one is under way already, which is an error.
    mutating func beginPush() -> Bool {
        defer { isPushed = true }
        return !isPushed
    }

    /// False if none was under way.
    mutating func endPush() -> Bool {
        defer { isPushed = false }
        return isPushed
    }

    /// False if more bytes than `limit` would wait.
    mutating func write(_ frame: ByteBuffer, limit: Int) -> Bool {
        guard queuedBytes + frame.queuedWeight <= limit else { return false }
        queuedBytes += frame.queuedWeight
        frames.append(frame)
        return true
    }

    /// What waits, for another transport.
    mutating func takeFrames() -> [ByteBuffer] {
        defer { (frames, queuedBytes) = ([], 0) }
        return frames
    }

    /// The answer for the GET that waits; nil if there is none, or nothing to say to it.
    mutating func answer() -> ByteBuffer? {
        guard isPolled, !frames.isEmpty else { return nil }
        isPolled = false
        let first = frames.prefix(Self.mostPackets)
        frames.removeFirst(first.count)
        queuedBytes -= first.reduce(0) { $0 + $1.queuedWeight }
        return EngineIOPayload.body(first)
    }

    /// In one answer; the others wait for the next poll. python-engineio's client takes no more, and gives the session
    /// up if there are.
    private static let mostPackets = 16

    /// The answer for the GET that waits, with one more packet at its end; nil if there is none.
    mutating func answer(endingWith last: EncodedPacket) -> ByteBuffer? {
        guard isPolled else { return nil }
        isPolled = false
        return EngineIOPayload.body(takeFrames() + [last.frame])
    }
}
