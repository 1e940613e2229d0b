internal import Base
internal import Hummingbird
internal import NIOCore
internal import SocketIO

/// A request on its way through the router, with what its connection tells.
struct APIContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    /// On which the request came in: the server's own word for it, also where any free port was asked for.
    let port: Int?
    /// Where it came from; without the port, so that one machine has one name.
    var address: String
    /// Under which the answer, the log and the audit log know the request.
    let correlation: UniqueID

    init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        port = source.channel.localAddress?.port
        var entropy = SystemRandomNumberGenerator()
        correlation = UniqueID(using: &entropy)
        address = source.channel.peer
    }
}
