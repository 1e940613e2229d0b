internal import DemandResponse
internal import NIOCore
internal import SocketIO

/// What happens in the virtual world.
enum WorldEvent {
    case arrive(LinkEnd, ByteBuffer)
    case end(LinkEnd)
    case timer(any TimedSession, generation: UInt32)
    case wake(Int, ClientMachine.Wake)
    case script(Int)
    case report(DeliveryReport)
    /// A carrier brings a dispatch to the person, who may answer it.
    case reached(Int, Dispatch)
}
