import ArgumentParser
import Foundation
import NIOCore
import NIOPosix
import SocketIO
import UnixSignals

/// A server for the public test suites of the two protocols, and for probes beyond them: the library's own handlers,
/// and hosts that send back what they get.
@main
struct SocketIOEcho: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "socketio-echo",
        abstract: "Engine.IO at /engine.io/ and Socket.IO at /socket.io/, which send back what they get."
    )

    @Option(help: "The port of the loopback addresses to listen on; 0 for any free one.")
    var port = 3000

    @Option(help: "From one ping to the next, in milliseconds.")
    var pingInterval: Int64 = 300

    @Option(help: "How long a ping may stay unanswered, in milliseconds.")
    var pingTimeout: Int64 = 200

    @Option(help: "How long a client may take to join its first namespace, in milliseconds.")
    var connectTimeout: Int64 = 1000

    @Option(help: "The longest message, in bytes.")
    var maxPayload = 1_000_000

    @Option(help: "How many threads serve connections.")
    var threads = 1

    func validate() throws {
        guard (0...65_535).contains(port) else { throw ValidationError("--port must be from 0 to 65535") }
        guard pingInterval > 0, pingTimeout > 0, connectTimeout > 0, maxPayload > 0, threads > 0 else {
            throw ValidationError("intervals, timeouts, sizes and numbers must be above 0")
        }
    }

    func run() async throws {
        let signals = await UnixSignalsSequence(trapping: .sigterm, .sigint)
        let group = MultiThreadedEventLoopGroup(numberOfThreads: threads)
        let listener = EchoListener([makeEngineIO(), makeSocketIO()])
        let port = try await listener.listen(port: port, group)
        try FileHandle.standardOutput.write(contentsOf: Data("socketio-echo listens on 127.0.0.1:\(port)\n".utf8))
        for await _ in signals { break }
        try await group.shutdownGracefully()
    }

    private func configure(_ engine: inout EngineIOServerConfiguration) {
        engine.pingInterval = .milliseconds(pingInterval)
        engine.pingTimeout = .milliseconds(pingTimeout)
        engine.maximumPayloadBytes = maxPayload
    }

    private func makeEngineIO() -> EngineIOServer {
        var configuration = EngineIOServerConfiguration()
        configure(&configuration)
        return EngineIOServer(configuration, makeID: EchoListener.makeID) { _ in EngineIOEchoHost() }
    }

    private func makeSocketIO() -> EngineIOServer {
        var configuration = SocketIOServerConfiguration()
        configure(&configuration.engine)
        configuration.connectTimeout = .milliseconds(connectTimeout)
        configuration.namespaces = ["/", "/custom"]
        return EngineIOServer(configuration, delegate: SocketIOEchoHost(), makeID: EchoListener.makeID)
    }
}
