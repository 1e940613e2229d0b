import Base
import Foundation
import SocketIO
import TestSupport

/// A mail server that nobody here wrote (aiosmtpd), as a process that keeps what it takes in a folder.
final class MailSink {
    struct Mail {
        /// What came over the wire.
        var text: String
        var envelope: JSON

        func header(_ name: String) -> String? {
            let head = text.components(separatedBy: "\r\n\r\n").first ?? ""
            let unfolded = head.replacing("\r\n ", with: " ")
            return unfolded.components(separatedBy: "\r\n").first {
                $0.lowercased().hasPrefix(name.lowercased() + ": ")
            }
            .map { String($0.dropFirst(name.count + 2)) }
        }

        var recipient: String { envelope["to"]?.arrayValue?.first?.stringValue ?? "" }
    }

    let port: Int
    private let folder: String
    private let process = Process()
    private let input = Pipe()

    /// - Parameter behaviour: as `sink.py` has it, with its other options.
    init(in scratch: Scratch, _ arguments: [String] = [], folder: String = "mails") throws {
        self.folder = scratch.file(folder)
        let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("sink.py").path
        let python = ProcessInfo.processInfo.environment["GRIDDRILL_PYTHON"] ?? "python3"
        let output = Pipe()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [python, script, self.folder] + arguments
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        let line = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
        guard let port = Int(line.trimmingCharacters(in: .whitespacesAndNewlines)) else {
            throw Command.Failure(description: "'\(python)' (or what GRIDDRILL_PYTHON names) needs the module aiosmtpd")
        }
        self.port = port
    }

    deinit { stop() }

    /// It ends when nothing more is said to it.
    func stop() {
        try? input.fileHandleForWriting.close()
        process.waitUntilExit()
    }

    func mails() throws -> [Mail] {
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder) else { return [] }
        return try names.filter { $0.hasSuffix(".eml") }.map { name in
            let path = "\(folder)/\(name)"
            let envelope = try String(contentsOfFile: path.replacing(".eml", with: ".json"), encoding: .utf8)
            let data = try Data(contentsOf: URL(fileURLWithPath: path))
            return Mail(text: String(decoding: data, as: UTF8.self), envelope: try JSON(parsing: envelope))
        }
    }

    /// Waits for so many.
    func mails(_ count: Int, within seconds: Double = 60) async throws -> [Mail] {
        var mails: [Mail] = []
        try await eventually("\(count) mails", "\(mails.count)", within: seconds) {
            mails = try self.mails()
            return mails.count >= count
        }
        return mails
    }
}

extension Scratch {
    /// A carriers' file for a sink.
    func carriers(_ port: Int, scheme: String = "smtp+plain", host: String = "127.0.0.1", _ more: String...) throws
        -> String
    {
        let lines = ["smtp: \(scheme)://\(host):\(port)", "from: Grid Desk <dispatch@grid.example>"] + more
        return try write("email:\n" + lines.map { "  \($0)\n" }.joined(), to: "carriers.yaml")
    }

    /// A roster of so many customers of program 1 who are reached by mail alone.
    func mailRoster(_ count: Int) throws -> String {
        try write(
            """
            programs: [{id: 1, name: Spitzenlast Köln, retries: {first: 1s, at_most: 2s}}]
            customers:
              - {ids: 1..\(count), name: "Site {id}", program: 1, channels: [email], email: "site-{id}@mill.example"}

            """,
            to: "roster.yaml"
        )
    }

    /// A certificate for a name, signed by itself: the paths of it and of its key.
    func certificate(of name: String) throws -> (certificate: String, key: String) {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [
            "openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=\(name)",
            "-addext", "subjectAltName=DNS:\(name)", "-keyout", file("\(name).key"), "-out", file("\(name).pem"),
        ]
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        return (file("\(name).pem"), file("\(name).key"))
    }
}
