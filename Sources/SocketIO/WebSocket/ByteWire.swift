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

extension ChannelHandlerContext {
    /// Leaves the pipeline at once, if nothing is on its way through that.
    func removeFromPipeline() { pipeline.syncOperations.removeHandler(context: self, promise: nil) }
}
