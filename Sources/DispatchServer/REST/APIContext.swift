internal import Hummingbird
internal import NIOCore

/// A request on its way through the router, with what its connection tells.
struct APIContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    /// On which the request came in: the server's own word for it, also where any free port was asked for.
    let port: Int?
    /// Where it came from; without the port, so that one machine has one name.
    let address: String

    init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        port = source.channel.localAddress?.port
        address = source.channel.remoteAddress?.ipAddress ?? "unknown"
    }
}
