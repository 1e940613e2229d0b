/// The machine and the build that a run was made on: latencies of two runs are worth comparing where these are equal.
public struct RunEnvironment: Hashable, Sendable, Codable {
    /// As the system calls it: `AMD EPYC 7R13 Processor`.
    public var processor: String
    public var cores: Int
    public var memoryBytes: Int
    /// With its version: `Debian GNU/Linux 12 (bookworm)`.
    public var system: String
    /// `debug` or `release`.
    public var build: String
    /// `Swift 6.3`.
    public var compiler: String

    public init(
        processor: String,
        cores: Int,
        memoryBytes: Int,
        system: String,
        build: String,
        compiler: String
    ) {
        self.processor = processor
        self.cores = cores
        self.memoryBytes = memoryBytes
        self.system = system
        self.build = build
        self.compiler = compiler
    }
}
