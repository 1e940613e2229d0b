internal import Foundation

/// How many files and connections this process may have open.
enum OpenFiles {
    /// The database, the log, and three for each event loop, of which there are up to two a core.
    private static let reserve = 64 + 6 * ProcessInfo.processInfo.activeProcessorCount

    struct TooFew: Error, CustomStringConvertible {
        let description: String
    }

    /// Takes what the system allows: a shell's soft limit is often 1,024.
    /// - Returns: how many connections there is room for.
    /// - Throws: `TooFew` if there is room for none. Event loops end the process when they cannot be made: this is to be called first.
    static func raiseLimit() throws -> Int {
        let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
        var limit = rlimit()
        guard getrlimit(resource, &limit) == 0 else { return .max }
        limit.rlim_cur = limit.rlim_max
        _ = setrlimit(resource, &limit)
        guard getrlimit(resource, &limit) == 0 else { return .max }
        let count = Int(clamping: limit.rlim_cur)
        guard count > reserve else {
            throw TooFew(
                description:
                    "the system allows this process \(count) open files, and it needs \(reserve + 1) or more; raise the limit "
                    + "(ulimit -n, or LimitNOFILE= of systemd)"
            )
        }
        return count - reserve
    }
}
