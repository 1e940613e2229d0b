internal import Foundation

/// The built `griddrill`, as a process.
struct Command {
    let path: String

    static func besideThisOne() throws -> Command {
        let own = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        let path = URL(fileURLWithPath: own).deletingLastPathComponent().appending(path: "griddrill").path
        guard FileManager.default.isExecutableFile(atPath: path) else {
            throw BenchmarkError("\(path) is missing; build it with swift build -c release")
        }
        return Command(path: path)
    }

    /// What a process has cost when it is over.
    struct Cost {
        var status: Int32
        var wallSeconds: Double
        var processorSeconds: Double
        var peakBytes: Int
    }

    /// Runs to the end, from the folder of `arguments`' relative paths.
    func run(_ arguments: [String]) throws -> Cost {
        let began = ContinuousClock.now
        let process = try start(arguments, standardError: nil)
        let cost = Self.wait(process, since: began)
        guard cost.status == 0 else {
            throw BenchmarkError("griddrill \(arguments.joined(separator: " ")) ended with \(cost.status)")
        }
        return cost
    }

    /// - Parameter standardError: a descriptor that takes it; `nil`: nobody.
    func start(_ arguments: [String], standardError: Int32?) throws -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
        if let standardError {
            posix_spawn_file_actions_adddup2(&actions, standardError, 2)
        } else {
            posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
        }
        var words = ([path] + arguments).map { strdup($0) } + [nil]
        defer { words.forEach { free($0) } }
        var process = pid_t()
        let result = posix_spawn(&process, path, &actions, nil, &words, environ)
        guard result == 0 else { throw BenchmarkError("\(path): \(String(cString: strerror(result)))") }
        return process
    }

    static func wait(_ process: pid_t, since began: ContinuousClock.Instant) -> Cost {
        var status: Int32 = 0
        var usage = rusage()
        while wait4(process, &status, 0, &usage) == -1, errno == EINTR {}
        let wall = ContinuousClock.now - began
        return Cost(
            status: status & 0x7F == 0 ? (status >> 8) & 0xFF : 128 + status & 0x7F,
            wallSeconds: wall / .seconds(1),
            processorSeconds: usage.ru_utime.seconds + usage.ru_stime.seconds,
            peakBytes: usage.ru_maxrss * 1_024
        )
    }
}

extension timeval {
    fileprivate var seconds: Double { Double(tv_sec) + Double(tv_usec) / 1_000_000 }
}
