internal import Foundation

/// A server that was started to be measured.
final class ServerProcess: Sendable {
    let port: Int
    private let process: pid_t

    /// Starts it and waits until it says on which port it serves.
    /// - Parameter log: the file that takes what it says then; `nil`: nobody.
    init(_ command: Command, _ arguments: [String], log: String? = nil) throws {
        let pipe = Pipe()
        process = try command.start(arguments, standardError: pipe.fileHandleForWriting.fileDescriptor)
        try pipe.fileHandleForWriting.close()
        var text = ""
        var port: Int?
        while port == nil {
            let bytes = pipe.fileHandleForReading.availableData
            guard !bytes.isEmpty else { throw BenchmarkError("the server ended before it served: \(text)") }
            text += String(decoding: bytes, as: UTF8.self)
            port = text.firstMatch(of: /127\.0\.0\.1:(\d+)\/[^\n]*\n/).flatMap { Int($0.1) }
        }
        self.port = port ?? 0
        guard let log else { return }
        // Somebody has to read it: a server that waits for its log would be measured as a slow one.
        _ = FileManager.default.createFile(atPath: log, contents: nil)
        let file = FileHandle(forWritingAtPath: log)
        Thread.detachNewThread {
            while case let bytes = pipe.fileHandleForReading.availableData, !bytes.isEmpty { file?.write(bytes) }
        }
    }

    /// User and system time of the whole process so far (proc(5), `/proc/PID/stat`, fields 14 and 15).
    var processorSeconds: Double {
        let text = (try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8)) ?? ""
        // The command's name, in brackets, may hold blanks; the third field follows it.
        let fields = text[(text.lastIndex(of: ")") ?? text.startIndex)...].split(separator: " ")
        guard fields.count > 13, let user = Double(fields[12]), let system = Double(fields[13]) else { return .nan }
        return (user + system) / Double(sysconf(Int32(_SC_CLK_TCK)))
    }

    var residentBytes: Int { ProcessMemory.residentBytes(of: "\(process)") }

    /// Connections, for the most part.
    var openFileCount: Int {
        (try? FileManager.default.contentsOfDirectory(atPath: "/proc/\(process)/fd").count) ?? 0
    }

    /// Its last words are nothing that is measured, and the peer takes a minute for them.
    func end() {
        kill(process, SIGKILL)
        _ = Command.wait(process, since: .now)
    }
}
