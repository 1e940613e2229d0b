internal import NIOCore
internal import NIOWebSocket

/// Where a handler's frames go: counts what a slow reader leaves waiting, and knows what is yet to be flushed.
struct FrameOutput {
    /// Nil while the handler is in no pipeline.
    private var context: ChannelHandlerContext?
    private let maximumQueuedBytes: Int
    /// Bytes written since the channel last was writable.
    private var queuedBytes = 0
    private var isWritable = true
    private var isFlushDue = false

    init(maximumQueuedBytes: Int) {
        self.maximumQueuedBytes = maximumQueuedBytes
    }

    mutating func attach(to context: ChannelHandlerContext) {
        self.context = context
        isWritable = context.channel.isWritable
    }

    mutating func detach() {
        context = nil
    }

    var now: NIODeadline? { context?.eventLoop.now }

    mutating func writabilityChanged() {
        isWritable = context?.channel.isWritable ?? false
        if isWritable { queuedBytes = 0 }
    }

    /// Writes a whole frame, unflushed. False, and nothing written, if that were more than may wait.
    mutating func write(_ frame: ByteBuffer, promise: EventLoopPromise<Void>? = nil) -> Bool {
        if !isWritable {
            guard queuedBytes + frame.readableBytes <= maximumQueuedBytes else {
                promise?.fail(DisconnectReason.slowConsumer)
                return false
            }
            queuedBytes += frame.readableBytes
        }
        isFlushDue = true
        guard let context else {
            promise?.fail(ChannelError.ioOnClosedChannel)
            return true
        }
        context.write(NIOAny(frame), promise: promise)
        return true
    }

    mutating func flush() {
        guard isFlushDue else { return }
        isFlushDue = false
        context?.flush()
    }

    /// Sends a last frame, if there is one, and closes the channel behind it. A channel that takes no more bytes is
    /// closed at once: nobody would see the frame.
    func close(behind frame: ByteBuffer?) {
        guard let context else { return }
        let channel = context.channel
        guard let frame, isWritable else {
            context.flush()
            return channel.close(promise: nil)
        }
        let written = context.eventLoop.makePromise(of: Void.self)
        written.futureResult.whenComplete { _ in channel.close(promise: nil) }
        context.writeAndFlush(NIOAny(frame), promise: written)
    }
}
