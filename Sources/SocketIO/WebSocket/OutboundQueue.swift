internal import NIOCore

/// Counts what a slow reader leaves waiting, and knows whether a flush is due. No I/O: a channel may call its handlers
/// back from within a write or a flush, and they then come here again.
struct OutboundQueue {
    private let maximumQueuedBytes: Int
    /// Bytes written since the channel last was writable.
    private var queuedBytes = 0
    private(set) var isWritable = true
    private var isFlushDue = false

    init(maximumQueuedBytes: Int) {
        self.maximumQueuedBytes = maximumQueuedBytes
    }

    /// Room for more bytes, which are to be written now. False if that were more than may wait.
    mutating func admit(_ byteCount: Int) -> Bool {
        if !isWritable {
            guard queuedBytes + byteCount <= maximumQueuedBytes else { return false }
            queuedBytes += byteCount
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

extension ChannelHandlerContext {
    /// Sends a last frame, if there is one, and closes the channel behind it.
    func close(behind frame: ByteBuffer?) {
        let channel = channel
        guard let frame else {
            flush()
            return channel.close(promise: nil)
        }
        let written = eventLoop.makePromise(of: Void.self)
        written.futureResult.whenComplete { _ in channel.close(promise: nil) }
        writeAndFlush(NIOAny(frame), promise: written)
    }
}
