internal import Base
internal import DispatchServer
internal import DispatchStore
internal import NIOCore
internal import NIOEmbedded
internal import NIOHTTP1
internal import Scenarios
internal import SocketIO

/// What the virtual world keeps of a client's connection.
private final class VirtualConnection {
    let link: Link
    let channel: EmbeddedChannel

    init(link: Link, channel: EmbeddedChannel) {
        self.link = link
        self.channel = channel
    }
}

extension VirtualWorld: ClientNetwork {
    func put(_ wake: ClientMachine.Wake, for client: Client, at instant: Timestamp) {
        put(.wake(client.index, wake), at: instant)
    }

    func observe(_ observation: Observation, incident: UniqueID?) {
        var observation = observation
        if let incident { observation.incident = script.number(of: incident) }
        record.append(observation)
    }

    func name(of incident: UniqueID) -> String? { script.name(of: incident) }

    func id(of name: String) -> UniqueID? { script.id(of: name) }

    /// Both ends of a new link, and over it the real upgrade from HTTP.
    func connect(_ client: Client) {
        let stream = RandomStream(seed: scenario.seed, "client/\(client.customer)/link/\(client.connections)")
        let link = Link(links[client.index], stream: stream, at: now)
        let near = LinkEnd(link, isServer: false, world: self)
        let far = LinkEnd(link, isServer: true, world: self)
        LinkEnd.join(near, far)
        let channel = EmbeddedChannel(loop: loop)
        client.connection = VirtualConnection(link: link, channel: channel)
        do {
            try accept(far)
            try near.attach(to: channel)
            let upgraded = try channel.pipeline.syncOperations.upgradeToSocketIO(
                request: Self.upgradeRequest,
                requestKey: client.makeRequestKey()
            ) { [unowned self] _ in (client.makeSession(timer: self), ()) }
            upgraded.whenFailure { _ in client.lost() }
            channel.connect(to: try Self.address, promise: nil)
        } catch {
            client.lost()
        }
    }

    func drop(_ client: Client) {
        guard let connection = client.connection as? VirtualConnection else { return }
        connection.link.cut()
        connection.channel.close(promise: nil)
    }

    /// The real server's end of a new connection.
    private func accept(_ end: LinkEnd) throws {
        let channel = EmbeddedChannel(loop: loop)
        try end.attach(to: channel)
        keep(end)
        _ = try channel.pipeline.syncOperations.configureEngineIOServer(
            [realTime],
            limits: nil,
            upgraded: (),
            continueWithHTTP: { $0.close() }
        )
        channel.connect(to: try Self.address, promise: nil)
    }

    /// Of nobody (RFC 5737): an embedded channel wants one to become active.
    private static var address: SocketAddress {
        get throws { try SocketAddress(ipAddress: "192.0.2.1", port: 80) }
    }

    private static let upgradeRequest = HTTPRequestHead(
        version: .http1_1,
        method: .GET,
        uri: "/socket.io/?EIO=4&transport=websocket",
        headers: ["host": "griddrill.example", "content-length": "0"]
    )
}
