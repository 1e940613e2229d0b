internal import Hummingbird
internal import NIOCore

/// What a request carries through the router.
struct DispatchRequestContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    /// Where it came from; without the port, so that one machine has one name.
    let address: String
    var principal = Principal.anybody

    init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        address = source.channel.remoteAddress?.ipAddress ?? "unknown"
    }
}
