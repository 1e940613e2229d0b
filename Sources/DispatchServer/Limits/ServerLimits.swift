public import Base
internal import NIOCore
public import SocketIO

/// What one client may take of a server, and all of them together.
///
/// The defaults leave room for an emergency: a fleet of 5,000 behind one address (NAT) that connects, reads its dispatches and
/// acknowledges all at once meets none of them.
public struct ServerLimits: Sendable {
    /// Open at once; `nil`: any number. As many sessions.
    public var connections: Int? = 20_000
    /// Open at once from one address.
    public var connectionsPerAddress: Int? = 15_000
    /// REST requests of one address. The last tenth of a burst is kept for changes: no polling of a list keeps an incident out.
    public var requests: RateLimit? = RateLimit(perSecond: 500, burst: 10_000)
    /// Socket.IO sessions that one address opens.
    public var handshakes: RateLimit? = RateLimit(perSecond: 500, burst: 10_000)
    /// Socket.IO events of one session, and the effects that its resyncs bring with them.
    public var events: RateLimit? = RateLimit(perSecond: 1_000, burst: 10_000)
    /// The longest body of a request, but for imports.
    public var bodyBytes = 1 << 20
    /// A hundred thousand customers take some 25 MB.
    public var importBytes = 64 << 20
    public var headerBytes = 32_768
    /// What messages and bodies that have not come whole may hold in memory, all together; those of one address a quarter of it.
    public var unfinishedBytes = 256 << 20
    /// What may wait for a session that does not read.
    public var queuedBytes = 1 << 20
    /// How long a request may take to come whole; a body more, as long as it comes at a fair pace.
    public var requestTimeout = Span.seconds(30)
    /// How long a connection may be silent between two requests.
    public var idleTimeout = Span.seconds(60)

    public init() {}
}

extension ServerLimits {
    /// Those of one connection that is no proxy's: who comes back over the same one has gone before.
    var handshakesPerConnection: RateLimit? { handshakes.map { _ in RateLimit(perSecond: 1, burst: 10) } }

    /// Those of each connection while it speaks HTTP.
    func http(_ onExcess: @escaping @Sendable (HTTPExcess) -> Void) -> HTTPLimits {
        var limits = HTTPLimits()
        limits.idleTimeout = .microseconds(idleTimeout.microseconds)
        limits.requestTimeout = .microseconds(requestTimeout.microseconds)
        limits.maximumHeaderBytes = headerBytes
        limits.onExcess = onExcess
        return limits
    }
}

/// Which of the limits was in somebody's way: a label of `griddrill_limited_total`.
enum Excess: String, CaseIterable, Sendable {
    case connections
    case connectionsPerAddress = "connections_per_address"
    case sessions
    case handshakes
    case memory
    case requests
    /// As much as may waits to be read from the database.
    case reading
    case events
    case body
    /// A name, a page or a kind of body that is not let in.
    case door
    case header
    case slowRequest = "slow_request"
    case slowReader = "slow_reader"
    case idle
    case queuedBytes = "queued_bytes"
    /// A new session missed more news than is kept for it until it says whose it is.
    case missedNews = "missed_news"

    init(_ excess: EngineIOExcess) {
        switch excess {
        case .sessions: self = .sessions
        case .handshakes: self = .handshakes
        }
    }

    init(_ excess: HTTPExcess) {
        switch excess {
        case .idle: self = .idle
        case .slowRequest: self = .slowRequest
        case .slowReader: self = .slowReader
        case .headerTooLarge: self = .header
        }
    }
}
