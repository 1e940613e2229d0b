package import NIOCore

/// Carries the bytes of an open session from one end of a connection to the other, in place of a channel.
///
/// In a virtual world a channel with its pipeline would be most of what an idle connection takes, and half a dozen objects that no cache
/// holds on the way of each of millions of packets. There a connection begins in pipelines, which do the upgrade from HTTP, and goes
/// on over a wire.
package protocol ByteWire: AnyObject {
    /// What the event loop's clock says.
    var now: NIODeadline { get }
    /// Not flushed.
    func write(_ bytes: ByteBuffer)
    func flush()
    /// Sends last bytes, if there are any, and closes the connection behind them.
    func close(behind bytes: ByteBuffer?)
}

/// What carries a session at one end of a wire.
package protocol WiredHandler: RemovableChannelHandler {
    /// Leaves the pipeline that it stands in for the wire.
    func join(_ wire: any ByteWire)
    /// All that has come at once.
    func received(_ bytes: ByteBuffer)
    /// The connection is gone.
    func wireClosed()
}

/// Where a handler's bytes go.
enum ByteOutlet {
    /// It stands in no pipeline yet, or not any more.
    case none
    case pipeline(ChannelHandlerContext)
    /// In place of the pipeline.
    case wire(any ByteWire)

    /// What the event loop's clock says.
    var now: NIODeadline? {
        switch self {
        case .none: nil
        case .pipeline(let context): context.eventLoop.now
        case .wire(let wire): wire.now
        }
    }

    /// Not flushed.
    func write(_ bytes: ByteBuffer, promise: EventLoopPromise<Void>? = nil) {
        switch self {
        case .none: promise?.fail(ChannelError.ioOnClosedChannel)
        case .pipeline(let context): context.write(NIOAny(bytes), promise: promise)
        case .wire(let wire):
            wire.write(bytes)
            promise?.succeed()
        }
    }

    func flush() {
        switch self {
        case .none: break
        case .pipeline(let context): context.flush()
        case .wire(let wire): wire.flush()
        }
    }

    func close(behind bytes: ByteBuffer?) {
        switch self {
        case .none: break
        case .pipeline(let context): context.close(behind: bytes)
        case .wire(let wire): wire.close(behind: bytes)
        }
    }

    /// Takes a wire in place of the pipeline.
    /// - Returns: the handler's place in the pipeline, which it is to leave now: nothing may be on its way there. It is told of that, and
    ///   asks here again, so that this cannot do it.
    mutating func join(_ wire: any ByteWire) -> ChannelHandlerContext? {
        guard case .pipeline(let context) = self else { return nil }
        self = .wire(wire)
        return context
    }

    /// The handler was removed from its pipeline.
    /// - Returns: whether that leaves it without any way; a wire stays.
    mutating func leavePipeline() -> Bool {
        if case .wire = self { return false }
        self = .none
        return true
    }
}

extension ChannelHandlerContext {
    func leavePipeline() { pipeline.syncOperations.removeHandler(context: self, promise: nil) }
}
