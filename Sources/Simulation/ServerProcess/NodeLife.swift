internal import Foundation
internal import NIOCore
internal import NIOPosix

/// One life of a live run's node: a process, and the pipes to it.
///
/// The process has a group of its own: a Ctrl-C is the run's, and if the run dies while it is stopped the system ends it (setpgid(2):
/// SIGHUP to a stopped group that is orphaned); else it ends by itself once nobody is at the other end of its pipes.
///
/// `@unchecked`: used on its event loop alone.
final class NodeLife: @unchecked Sendable {
    /// How a process has ended.
    struct Ending: Sendable, CustomStringConvertible {
        let status: Int32
        let isSignal: Bool

        var isInOrder: Bool { !isSignal && status == 0 }

        var description: String { isSignal ? "by signal \(status)" : "with status \(status)" }
    }

    private let process = Process()
    private let lastWords = LastWords()
    private var lines: (any Channel)?
    private let exited: EventLoopPromise<Ending>
    private let allIsRead: EventLoopPromise<Void>
    /// Once the process is gone and all that it wrote is read.
    let ended: EventLoopFuture<Ending>
    private var hasEnded = false

    /// - Parameters:
    ///   - onNotice: told of each line, in order.
    ///   - onMistake: told of the first that is none of the protocol's.
    static func start(
        _ command: ServerProcess,
        on eventLoop: any EventLoop,
        onNotice: @escaping (NodeLife, NodeNotice) -> Void,
        onMistake: @escaping (String) -> Void
    ) throws -> NodeLife {
        let pipes = (input: Pipe(), output: Pipe(), errors: Pipe())
        let life = NodeLife(command, pipes, eventLoop)
        do {
            try life.process.run()
        } catch {
            life.exited.fail(error)
            life.allIsRead.fail(error)
            let reason = error.localizedDescription
            throw RunError("the server's process, \(command.executable), cannot be started: \(reason)")
        }
        let handler = NoticeHandler(
            onNotice: { onNotice(life, $0) },
            onMistake: onMistake
        )
        let lines = NIOPipeBootstrap(group: eventLoop)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture { try channel.pipeline.syncOperations.addHandler(handler) }
            }
            .takingOwnershipOfDescriptors(
                input: take(pipes.output.fileHandleForReading),
                output: take(pipes.input.fileHandleForWriting)
            )
        let errors = NIOPipeBootstrap(group: eventLoop)
            .channelInitializer { [lastWords = life.lastWords] channel in
                channel.eventLoop.makeCompletedFuture { try channel.pipeline.syncOperations.addHandler(lastWords) }
            }
            .takingOwnershipOfDescriptor(input: take(pipes.errors.fileHandleForReading))
        lines.whenSuccess { life.lines = $0 }
        let isRead = [lines, errors].map { $0.flatMap(\.closeFuture) }
        EventLoopFuture.andAllComplete(isRead, on: eventLoop).whenComplete { _ in life.allIsRead.succeed() }
        return life
    }

    private init(
        _ command: ServerProcess,
        _ pipes: (input: Pipe, output: Pipe, errors: Pipe),
        _ eventLoop: any EventLoop
    ) {
        exited = eventLoop.makePromise()
        allIsRead = eventLoop.makePromise()
        ended = exited.futureResult.and(allIsRead.futureResult).map(\.0)
        process.executableURL = URL(fileURLWithPath: command.executable)
        process.arguments = ["node"]
        process.standardInput = pipes.input
        process.standardOutput = pipes.output
        process.standardError = pipes.errors
        process.terminationHandler = { [exited] process in
            exited.succeed(
                Ending(status: process.terminationStatus, isSignal: process.terminationReason == .uncaughtSignal)
            )
        }
        exited.futureResult.whenComplete { [self] _ in hasEnded = true }
    }

    /// Once the process is gone.
    var gone: EventLoopFuture<Void> { exited.futureResult.map { _ in } }

    /// What it last wrote on its standard error.
    var saidLast: String { lastWords.text }

    func tell(_ order: NodeOrder) {
        guard let lines, let line = try? NodeProtocol.line(order) else { return }
        // What is told to one that is dead is lost.
        lines.writeAndFlush(ByteBuffer(bytes: line), promise: nil)
    }

    func signal(_ number: Int32) {
        // The number of a process that is gone may be another's.
        if !hasEnded { kill(process.processIdentifier, number) }
    }

    /// A descriptor of NIO's own, and the only one: once NIO closes it the process finds nobody there.
    private static func take(_ handle: FileHandle) -> CInt {
        defer { try? handle.close() }
        return fcntl(handle.fileDescriptor, F_DUPFD_CLOEXEC, 0)
    }
}
