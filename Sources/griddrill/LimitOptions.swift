internal import Base
internal import ArgumentParser
internal import DispatchServer
internal import SocketIO

/// What a server lets one client take, and all of them together.
struct LimitOptions: ParsableArguments {
    @Option(help: "Connections at once, and Socket.IO sessions; 0 for any number.")
    var maxConnections = 20_000

    @Option(help: "The same from one address; 0 for any number. A fleet behind NAT has one address.")
    var maxConnectionsPerAddress = 15_000

    @Option(help: "REST requests a second from one address, and 20 times as many at once; 0 for any number.")
    var maxRequestRate = 500

    @Option(help: "Socket.IO sessions that one address opens a second, and 20 times as many at once; 0 for any number.")
    var maxHandshakeRate = 500

    @Option(help: "Events a second of one Socket.IO session, and 10 times as many at once; 0 for any number.")
    var maxEventRate = 1_000

    @Option(help: "The longest body of a request, in bytes.")
    var maxBodyBytes = 1 << 20

    @Option(help: "The longest body of an import, in bytes.")
    var maxImportBytes = 64 << 20

    @Option(help: "The longest head of a request, in bytes.")
    var maxHeaderBytes = 32_768

    @Option(help: "What may wait for a Socket.IO session that does not read, in bytes; then it is closed.")
    var maxQueuedBytes = 1 << 20

    @Option(
        help: "What unfinished messages and bodies may hold in memory, in bytes; those of one address a quarter of it."
    )
    var maxUnfinishedBytes = 256 << 20

    @Option(help: "How long a request may take to come whole, in seconds; its body longer, above 4 kB/s.")
    var requestTimeout = 30

    @Option(help: "How long a connection may be silent between two requests, in seconds.")
    var idleTimeout = 60

    func validate() throws {
        for (name, value) in [
            ("connections", maxConnections), ("connections-per-address", maxConnectionsPerAddress),
            ("request-rate", maxRequestRate), ("event-rate", maxEventRate),
            ("handshake-rate", maxHandshakeRate),
        ] where !(0...10_000_000).contains(value) {
            throw ValidationError("--max-\(name) must be from 0, for any number, to 10000000")
        }
        for (name, value, least) in [
            ("body", maxBodyBytes, 1_024), ("import", maxImportBytes, 1_024), ("header", maxHeaderBytes, 1_024),
            ("queued", maxQueuedBytes, 65_536), ("unfinished", maxUnfinishedBytes, 1 << 20),
        ] where !(least...(1 << 30)).contains(value) {
            throw ValidationError("--max-\(name)-bytes must be from \(least) to \(1 << 30)")
        }
        for (name, value) in [("request", requestTimeout), ("idle", idleTimeout)] where !(1...86_400).contains(value) {
            throw ValidationError("--\(name)-timeout must be from 1 to 86400 seconds")
        }
    }

    var limits: ServerLimits {
        var limits = ServerLimits()
        limits.connections = maxConnections == 0 ? nil : maxConnections
        limits.connectionsPerAddress = maxConnectionsPerAddress == 0 ? nil : maxConnectionsPerAddress
        limits.requests = maxRequestRate == 0 ? nil : RateLimit(perSecond: maxRequestRate, burst: 20 * maxRequestRate)
        limits.events = maxEventRate == 0 ? nil : RateLimit(perSecond: maxEventRate, burst: 10 * maxEventRate)
        limits.handshakes =
            maxHandshakeRate == 0 ? nil : RateLimit(perSecond: maxHandshakeRate, burst: 20 * maxHandshakeRate)
        limits.unfinishedBytes = maxUnfinishedBytes
        limits.bodyBytes = maxBodyBytes
        limits.importBytes = maxImportBytes
        limits.headerBytes = maxHeaderBytes
        limits.queuedBytes = maxQueuedBytes
        limits.requestTimeout = .seconds(Int64(requestTimeout))
        limits.idleTimeout = .seconds(Int64(idleTimeout))
        return limits
    }
}
