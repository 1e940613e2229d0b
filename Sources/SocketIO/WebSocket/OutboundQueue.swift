internal import NIOCore

/// Counts what a slow reader leaves waiting, and knows whether a flush is due. No I/O: a channel may call its handlers
/// back from within a write or a flush, and they then come here again.
struct OutboundQueue {
    private let maximumQueuedBytes: Int
    /// The weight of what was written since the channel last was writable.
    private var queuedBytes = 0
    private(set) var isWritable = true
    private var isFlushDue = false

    init(maximumQueuedBytes: Int) {
        self.maximumQueuedBytes = maximumQueuedBytes
    }

    /// Room for one more frame, which is to be written now. False if that were more than may wait.
    mutating func admit(_ frame: ByteBuffer) -> Bool {
        if !isWritable {
            guard queuedBytes + frame.queuedWeight <= maximumQueuedBytes else { return false }
            queuedBytes += frame.queuedWeight
        }
        isFlushDue = true
        return true
    }

    /// Whether something was written since the last call.
    mutating func takeFlush() -> Bool {
        defer { isFlushDue = false }
        return isFlushDue
    }

    mutating func writabilityChanged(to isWritable: Bool) {
        self.isWritable = isWritable
        if isWritable { queuedBytes = 0 }
    }
}

extension ByteBuffer {
    /// What a frame that waits takes, in bytes: its own, and about as much as its buffer and its place in the channel's
    /// queue take beside them. Without that, two-byte pongs to a client that pings and never reads would fill a limit of
    /// 1 MiB with half a million buffers.
    var queuedWeight: Int { readableBytes + 128 }
}

extension ChannelHandlerContext {
    /// Sends a last frame, if there is one, and closes the channel behind it; without it if nobody takes it.
    func close(behind frame: ByteBuffer?) {
        let channel = channel
        guard let frame else {
            flush()
            return channel.close(promise: nil)
        }
        let written = eventLoop.makePromise(of: Void.self)
        written.futureResult.whenComplete { _ in channel.close(promise: nil) }
        writeAndFlush(NIOAny(frame), promise: written)
        // Behind what a peer does not read the frame would wait, and the connection stay, for as long as the peer likes.
        if channel.isActive { eventLoop.scheduleTask(in: .seconds(5)) { channel.close(promise: nil) } }
    }
}
