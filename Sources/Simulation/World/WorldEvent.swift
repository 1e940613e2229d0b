internal import DemandResponse
internal import DispatchServer
internal import NIOCore
internal import SocketIO

/// What stands on a world's agenda.
enum WorldEvent {
    /// A step of the script is due.
    case script(Int)
    /// A client wanted to be woken.
    case wake(Int, ClientMachine.Wake)
    /// A carrier has something to report.
    case outcome(DeliveryReport.Outcome, @Sendable (DeliveryReport.Outcome) -> Void)
    /// A carrier brings a dispatch to the person, who may answer it. Indirect, since it is large and every event has its size.
    indirect case reached(Int, Dispatch)
    /// Bytes come to the end of a simulated link.
    case arrive(LinkEnd, ByteBuffer)
    /// The other end of a simulated link has closed.
    case end(LinkEnd)
    /// A session in virtual time, a client's or a node's, wanted to be woken.
    case timer(any TimedSession, generation: UInt32)
}
