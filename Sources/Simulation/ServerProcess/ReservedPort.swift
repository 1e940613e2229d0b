internal import Foundation

/// A port of 127.0.0.1 that stays this run's while its server is down: nobody else is given it, neither to listen on nor as the near
/// end of a connection (a client that knocks at a port where nobody listens could otherwise be given that very port, and be connected
/// to itself).
///
/// It is bound here, but not listened on: with `SO_REUSEADDR` at both places Linux lets the server listen (tcp(7), socket(7)).
final class ReservedPort: Sendable {
    let number: Int
    private let socket: Int32

    init() throws(RunError) {
        let socket = Foundation.socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var yes: Int32 = 1
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size)) == 0
                    && bind(socket, address, length) == 0 && getsockname(socket, address, &length) == 0
            }
        }
        guard isBound else {
            let reason = String(cString: strerror(errno))
            close(socket)
            throw RunError("there is no port for the server: \(reason)")
        }
        self.socket = socket
        number = Int(UInt16(bigEndian: address.sin_port))
    }

    deinit { close(socket) }
}
