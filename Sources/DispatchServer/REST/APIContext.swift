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
    /// Under which the answer, the log and the audit log know the request; of one with an idempotency key, it and its repetitions.
    var correlation: UniqueID
    /// Who asks, where tokens are asked for.
    var principal: Principal?
    /// Who asks, for the audit log.
    var actor: String { Principal.actor(principal, at: address) }

    init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        port = source.channel.localAddress?.port
        var entropy = SystemRandomNumberGenerator()
        correlation = UniqueID(using: &entropy)
        address = source.channel.peer
    }
}
