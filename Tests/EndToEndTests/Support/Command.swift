import Foundation
import TestSupport

/// What became of a run of the command.
struct Outcome {
    /// The exit status; of a process that a signal ended, 128 and the signal's number, as a shell says it.
    var status: Int32
    var output: String
    var errors: String

    var errorLines: [String] { errors.split(separator: "\n").map(String.init) }
}

/// The built `griddrill`, as a process of its own.
final class Command: Sendable {
    struct Failure: Error, CustomStringConvertible {
        var description: String
    }

    /// It is built beside the tests.
    static let path: String = {
        let tests = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        return URL(fileURLWithPath: tests ?? CommandLine.arguments[0]).deletingLastPathComponent()
            .appendingPathComponent("griddrill").path
    }()

    let process: Process
    private let output: String
    private let errors: String
    private let ended: AsyncStream<Void>

    /// Starts it in a folder. What it writes goes to files there, so that no full pipe can hold it up.
    /// - Parameter wrapper: a command that is to start it, with its arguments.
    init(
        _ arguments: [String],
        in scratch: Scratch,
        environment: [String: String] = [:],
        wrapper: [String] = []
    ) throws {
        let name = "." + UUID().uuidString
        output = scratch.file(name + ".out")
        errors = scratch.file(name + ".err")
        let words = wrapper + [Self.path] + arguments
        process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = words
        process.currentDirectoryURL = URL(fileURLWithPath: scratch.path)
        process.environment = ProcessInfo.processInfo.environment
            .filter { !["NO_COLOR", "CLICOLOR_FORCE", "COLUMNS"].contains($0.key) }
            .merging(environment) { $1 }
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = try Self.create(output)
        process.standardError = try Self.create(errors)
        let (ended, end) = AsyncStream.makeStream(of: Void.self)
        self.ended = ended
        process.terminationHandler = { _ in end.finish() }
        try process.run()
    }

    /// Starts it and waits for its end.
    static func run(
        _ arguments: String...,
        in scratch: Scratch,
        environment: [String: String] = [:],
        wrapper: [String] = []
    ) async throws -> Outcome {
        try await Command(arguments, in: scratch, environment: environment, wrapper: wrapper).outcome()
    }

    private static func create(_ path: String) throws -> FileHandle {
        _ = FileManager.default.createFile(atPath: path, contents: nil)
        guard let handle = FileHandle(forWritingAtPath: path) else {
            throw Failure(description: "\(path) cannot be made")
        }
        return handle
    }

    func signal(_ signal: Int32) { kill(process.processIdentifier, signal) }

    /// Waits for the end. A process that takes longer than it may is killed.
    func outcome(within seconds: Int = 120) async throws -> Outcome {
        let process = process
        let overdue = DispatchWorkItem { kill(process.processIdentifier, SIGKILL) }
        DispatchQueue.global().asyncAfter(deadline: .now() + .seconds(seconds), execute: overdue)
        for await _ in ended {}
        overdue.cancel()
        let hasExited = process.terminationReason == .exit
        return Outcome(
            status: hasExited ? process.terminationStatus : 128 + process.terminationStatus,
            output: try read(output),
            errors: try read(errors)
        )
    }

    /// Waits until something stands on its standard error, and gives all that stands there.
    func errors(containing text: String, within seconds: Double = 30) async throws -> String {
        var seen = ""
        try await eventually("'\(text)' is written", seen, within: seconds) {
            seen = try read(errors)
            return seen.contains(text) || !process.isRunning
        }
        guard seen.contains(text) else { throw Failure(description: "'\(text)' is not among: \(seen)") }
        return seen
    }

    /// What it has written so far.
    func written() throws -> (output: String, errors: String) { (try read(output), try read(errors)) }

    private func read(_ path: String) throws -> String {
        String(decoding: try Data(contentsOf: URL(fileURLWithPath: path)), as: UTF8.self)
    }
}

/// Looks again and again until a condition about another process holds.
/// - Parameter state: what there is instead, if it never does.
func eventually(
    _ condition: String,
    _ state: @autoclosure () -> String = "",
    within seconds: Double = 30,
    _ holds: () async throws -> Bool
) async throws {
    let deadline = ContinuousClock.now + .seconds(seconds)
    while try await !holds() {
        guard .now < deadline else {
            throw Command.Failure(description: "not within \(seconds) s: \(condition); \(state())")
        }
        try await Task.sleep(for: .milliseconds(5))
    }
}
