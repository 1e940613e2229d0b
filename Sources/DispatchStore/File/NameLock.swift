internal import Base
internal import Foundation
internal import Journal
internal import Synchronization

/// The name of a database, which the process that serves it holds for as long as it lives, also when the file was deleted or replaced
/// meanwhile: the lock on a file goes with the file, and a second server would begin anew under the first one's name.
///
/// It is an address of Linux's abstract namespace for sockets (unix(7)), which leaves no file behind and ends with the process. What
/// cannot be had, as in a sandbox without sockets, is done without.
final class NameLock: Sendable {
    private let descriptor: Mutex<Int32>

    init(_ path: String) throws(StoreError) {
        descriptor = Mutex(socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue), 0))
        let name = [0] + Array("griddrill/\(UniqueID(name: Self.canonical(path), in: Self.namespace))".utf8)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: name) }
        let length = socklen_t(MemoryLayout.offset(of: \sockaddr_un.sun_path).unsafelyUnwrapped + name.count)
        let result = descriptor.withLock { descriptor in
            withUnsafePointer(to: &address) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(descriptor, $0, length) }
            }
        }
        guard result != 0, errno == EADDRINUSE else { return }
        release()
        throw StoreError(
            .busy,
            path: path,
            "a server that still runs serves a database of this name, whose file was deleted or replaced; stop it first"
        )
    }

    deinit { release() }

    func release() {
        descriptor.withLock { descriptor in
            if descriptor >= 0 { Foundation.close(descriptor) }
            descriptor = -1
        }
    }

    private static let namespace = UniqueID(high: 0x6772_6964_6472_696C, low: 0x6C2E_6461_7461_6261)

    /// However the file is named, it is this one.
    private static func canonical(_ path: String) -> String {
        let url = URL(fileURLWithPath: path)
        return url.deletingLastPathComponent().resolvingSymlinksInPath().appendingPathComponent(url.lastPathComponent)
            .resolvingSymlinksInPath().path
    }
}
