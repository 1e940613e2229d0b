internal import Base
internal import Foundation
internal import NIOCore
internal import NIOPosix
internal import NIOSSL
internal import NIOTLS

/// Carries out what an `SMTPClientMachine` says, on a connection's event loop.
final class SMTPClientHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    enum Event {
        case ready
        /// `goesOn`: another message may be given.
        case finished(SMTPOutcome, goesOn: Bool)
        /// The last event. `reason`: why it has been of no use, if it has.
        case closed(reason: String?)
    }

    private var machine: SMTPClientMachine
    private let makeTLS: () throws -> NIOSSLClientHandler
    /// Called on the event loop.
    private let onEvent: (Event) -> Void
    private let onLine: ((SMTPLine) -> Void)?
    private var timer: Scheduled<Void>?
    private var context: ChannelHandlerContext?
    private var hasClosed = false
    /// What the layer below has said of why it cannot go on.
    private var reason: String?

    init(
        _ settings: SMTPClientMachine.Settings,
        makeTLS: @escaping () throws -> NIOSSLClientHandler,
        onLine: ((SMTPLine) -> Void)? = nil,
        onEvent: @escaping (Event) -> Void
    ) {
        machine = SMTPClientMachine(settings)
        self.makeTLS = makeTLS
        self.onLine = onLine
        self.onEvent = onEvent
    }

    func give(_ message: SMTPMessage) { perform(machine.give(message)) }

    func quit() { perform(machine.quit()) }

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        if context.channel.isActive { begin() }
    }

    func handlerRemoved(context: ChannelHandlerContext) { self.context = nil }

    func channelActive(context: ChannelHandlerContext) {
        begin()
        context.fireChannelActive()
    }

    private func begin() {
        switch machine.settings.security {
        case .implicit: start(machine.settings.timeouts.handshake)
        case .startTLS, .none: perform(machine.connected(as: clientName))
        }
    }

    /// This end's address: whoever is no server need not have a name.
    private var clientName: String {
        switch context?.channel.localAddress {
        case .v4(let address)?: "[\(address.host)]"
        case .v6(let address)?: "[IPv6:\(address.host)]"
        default: "[127.0.0.1]"
        }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case .handshakeCompleted? = event as? TLSUserEvent {
            let isImplicit = machine.settings.security == .implicit
            perform(isImplicit ? machine.connected(as: clientName) : machine.secured())
        }
        context.fireUserInboundEventTriggered(event)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let buffer = unwrapInboundIn(data)
        if let onLine {
            for line in String(buffer: buffer).split(whereSeparator: \.isNewline) { onLine(SMTPLine(.server, line)) }
        }
        perform(machine.received(buffer.readableBytesView))
    }

    func channelInactive(context: ChannelHandlerContext) {
        perform(machine.closed(because: reason))
        end(reason)
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        // A peer that closes without TLS's goodbye has closed, no more.
        if case .uncleanShutdown? = error as? NIOSSLError {} else { reason = reason ?? Self.words(error) }
        perform(machine.closed(because: reason))
        context.close(promise: nil)
    }

    private func perform(_ actions: [SMTPClientMachine.Action]) {
        for action in actions {
            switch action {
            case .write(let bytes, let shown):
                for line in shown { onLine?(SMTPLine(.client, line)) }
                guard let context else { continue }
                context.writeAndFlush(wrapOutboundOut(context.channel.allocator.buffer(bytes: bytes)), promise: nil)
            case .startTLS: startTLS()
            case .wait(let span):
                timer?.cancel()
                timer = nil
                if let span { start(span) }
            case .ready: onEvent(.ready)
            case .finished(let outcome): onEvent(.finished(outcome, goesOn: machine.state == .ready))
            case .unusable(let words): end(words)
            case .close:
                end(nil)
                context?.close(promise: nil)
            }
        }
    }

    private func startTLS() {
        guard let context else { return }
        do {
            // A handler added to a connection that stands begins the handshake by itself.
            try context.pipeline.syncOperations.addHandler(try makeTLS(), position: .first)
            onLine?(SMTPLine(.client, "(the TLS handshake)"))
        } catch {
            perform(machine.closed(because: Self.words(error)))
        }
    }

    private func start(_ span: Span) {
        timer = context?.eventLoop.assumeIsolated().scheduleTask(in: .microseconds(span.microseconds)) { [self] in
            if machine.state == .fresh {
                perform(machine.closed(because: "the TLS handshake took too long"))
            } else {
                perform(machine.timedOut())
            }
        }
    }

    private func end(_ reason: String?) {
        guard !hasClosed else { return }
        hasClosed = true
        timer?.cancel()
        timer = nil
        onEvent(.closed(reason: reason))
    }

    /// What an error of NIO means to whoever reads a dispatch's record.
    static func words(_ error: any Error) -> String {
        switch error {
        case NIOSSLError.handshakeFailed(let cause):
            "\(cause)".contains("CERTIFICATE_VERIFY_FAILED")
                ? "its certificate is not to be trusted: expired, of another name, or of an authority that is not known here"
                : "the TLS handshake failed"
        case let error as NIOSSLExtraError where error == .failedToValidateHostname:
            "its certificate is another name's"
        case let error as IOError: error.errnoCode == ECONNREFUSED ? "it refuses connections" : "\(error)"
        case let error as NIOConnectionError:
            error.connectionErrors.first.map { words($0.error) } ?? "its name is not known"
        case ChannelError.connectTimeout: "no connection within its time"
        default: "the connection failed: \(error)"
        }
    }
}

/// A line of a conversation, as it may be seen.
public struct SMTPLine: Sendable, CustomStringConvertible {
    public enum Side: String, Sendable {
        case client = "C", server = "S"
    }

    public let side: Side
    public let text: String

    init(_ side: Side, _ text: some StringProtocol) {
        self.side = side
        self.text = String(text)
    }

    public var description: String { "\(side.rawValue): \(text)" }
}
