internal import Foundation

/// How a live run starts its server as a process of its own, which it does when faults are to strike the server.
public struct ServerProcess: Sendable {
    /// A GridDrill of this build, which is told `node`.
    public var executable: String
    /// Within what time it has to serve, and to end when it is told to.
    public var patience: Duration

    public init(executable: String, patience: Duration = .seconds(20)) {
        self.executable = executable
        self.patience = patience
    }

    /// By the system's own name for it, under which it is found even if its file has been replaced in the meantime.
    public static let ofThisProcess: ServerProcess = {
        let own = "/proc/self/exe"
        let isThere = FileManager.default.isExecutableFile(atPath: own)
        return ServerProcess(executable: isThere ? own : Bundle.main.executablePath ?? CommandLine.arguments[0])
    }()
}
