internal import DispatchStore
internal import Foundation

extension RunEnvironment {
    /// Of this process.
    static var current: RunEnvironment {
        RunEnvironment(
            processor: value(of: "model name", separator: ":", in: "/proc/cpuinfo") ?? architecture,
            cores: ProcessInfo.processInfo.activeProcessorCount,
            memoryBytes: Int(clamping: ProcessInfo.processInfo.physicalMemory),
            system: value(of: "PRETTY_NAME", separator: "=", in: "/etc/os-release")
                ?? ProcessInfo.processInfo.operatingSystemVersionString,
            build: build,
            compiler: compiler
        )
    }

    /// The first value of a key in one of the system's own files; `nil` where there is no such file.
    private static func value(of key: String, separator: Character, in path: String) -> String? {
        guard let text = try? String(contentsOfFile: path, encoding: .utf8) else { return nil }
        let line = text.split(separator: "\n").first { $0.hasPrefix(key) }
        let value = line?.split(separator: separator, maxSplits: 1).dropFirst().first
        return value?.trimmingCharacters(in: CharacterSet(charactersIn: " \t\""))
    }

    private static var architecture: String {
        #if arch(x86_64)
            "x86_64"
        #elseif arch(arm64)
            "arm64"
        #else
            "unknown"
        #endif
    }

    private static var build: String {
        #if DEBUG
            "debug"
        #else
            "release"
        #endif
    }

    /// The language has no name for its own version but this.
    private static var compiler: String {
        #if compiler(>=6.4)
            "Swift 6.4 or later"
        #elseif compiler(>=6.3)
            "Swift 6.3"
        #else
            "Swift 6.2"
        #endif
    }
}
