internal import NIOCore

/// A request that waits for its answer, as the session sees it that gives the answer.
///
/// `@unchecked`: `hasResponded` is used on the session's event loop, the handler on its own.
final class EngineIOExchange: @unchecked Sendable {
    private let eventLoop: any EventLoop
    private let handler: EngineIOHTTPHandler
    private var hasResponded = false

    init(_ handler: EngineIOHTTPHandler, eventLoop: any EventLoop) {
        self.handler = handler
        self.eventLoop = eventLoop
    }

    /// The first answer counts.
    func respond(_ response: EngineIOResponse) {
        guard !hasResponded else { return }
        hasResponded = true
        eventLoop.perform { self.handler.respond(response, to: self) }
    }
}

extension EventLoop {
    /// Here and now, if this is where we are.
    func perform(_ body: @escaping @Sendable () -> Void) {
        if inEventLoop { body() } else { execute(body) }
    }
}
