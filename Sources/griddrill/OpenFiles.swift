internal import Foundation

/// How many files and connections this process may have open.
enum OpenFiles {
    /// The database, the log, the event loops' own.
    private static let reserve = 64

    /// Takes what the system allows: a shell's soft limit is often 1,024.
    /// - Returns: how many connections there is room for.
    static func raiseLimit() -> Int {
        let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
        var limit = rlimit()
        guard getrlimit(resource, &limit) == 0 else { return .max }
        limit.rlim_cur = limit.rlim_max
        _ = setrlimit(resource, &limit)
        guard getrlimit(resource, &limit) == 0 else { return .max }
        return max(1, Int(clamping: limit.rlim_cur) - reserve)
    }
}
