internal import DemandResponse
internal import DispatchServer
internal import NIOCore
internal import SocketIO

/// What stands on a world's agenda.
enum WorldEvent {
    /// A step of the script is due.
    case script(Int)
    /// Steps for which the server was not there are sent again.
    case askAgain
    /// A client wanted to be woken.
    case wake(Int, ClientMachine.Wake)
    /// A carrier has something to report.
    case outcome(DeliveryReport.Outcome, @Sendable (DeliveryReport.Outcome) -> Void)
    /// A carrier brings a dispatch to the person, who may answer it. Indirect, since it is large and every event has its size.
    indirect case reached(Int, Dispatch)
    /// A fault of the scenario is due.
    case fault(Int)
    /// A node that is down starts again.
    case nodeStarts
    /// A node that was paused goes on.
    case nodeResumes(VirtualNode)
    /// A node that is stopping in order waits no longer for its carriers.
    case nodeStops(VirtualNode)
    /// Bytes come to the end of a simulated link.
    case arrive(LinkEnd, ByteBuffer)
    /// The other end of a simulated link has closed.
    case end(LinkEnd)
    /// The session at an end of a simulated link wanted to be woken.
    case timer(LinkEnd, generation: UInt32)
}
