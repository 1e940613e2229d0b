internal import NIOCore
internal import NIOPosix

/// Where `serve` is to listen.
struct ListeningAddress {
    let host: String
    let port: Int

    /// Throws what keeps a server from listening there.
    func probe() async throws {
        let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .bind(host: host, port: port).get()
        try await channel.close()
    }

    /// Such an error for the person who chose the address; `nil` for any other error.
    func explain(_ error: any Error) -> String? {
        if error is SocketAddressError || error is SocketAddressError.UnknownHost { return isForeign }
        switch (error as? IOError)?.errnoCode {
        case EADDRINUSE: return "port \(port) of \(host) is taken by another process; choose another one with --port"
        case EACCES:
            return "port \(port) needs privileges that this process does not have; choose one above 1023 with --port"
        case EADDRNOTAVAIL: return isForeign
        default: return nil
        }
    }

    private var isForeign: String { "\(host) is not an address of this machine; choose another one with --host" }
}
