internal import Foundation
internal import NIOCore
internal import NIOPosix

/// Where `serve` is to listen.
struct ListeningAddress {
    let host: String
    let port: Int

    /// Throws what keeps a server from listening there. Takes no connection: whoever waits for the server is not let in before it.
    func probe() throws {
        let address = try SocketAddress.makeAddressResolvingHost(host, port: port)
        let descriptor = socket(Int32(address.protocol.rawValue), Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { throw IOError(errnoCode: errno, reason: "socket") }
        defer { close(descriptor) }
        var one: Int32 = 1
        setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &one, socklen_t(MemoryLayout<Int32>.size))
        let isBound = address.withSockAddr { bind(descriptor, $0, socklen_t($1)) == 0 }
        guard isBound else { throw IOError(errnoCode: errno, reason: "bind") }
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
