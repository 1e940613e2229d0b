internal import Base
public import NIOCore

/// A session of Socket.IO at the server's end, whatever carries it.
///
/// It decides nothing: `SocketIOSession` does. All methods belong on the session's event loop. What is sent while a
/// delegate is being called is flushed after it; at any other time call `flush`.
///
/// `@unchecked`: all but `id` and `eventLoop`, which are constant, is used on that event loop alone; `tag` may be read
/// anywhere once `sessionOpened` has returned.
public final class SocketIOServerSession: @unchecked Sendable {
    /// For the host to know its session by. Not to be changed after `sessionOpened`.
    public var tag = 0

    let engine: EngineIOServerSession
    private let host: SocketIOHost
    var session: SocketIOSession
    /// At the positions of the session's pending acknowledgements.
    var callbacks: [AcknowledgementCallback] = []
    /// What a packet holds whose attachments are still to come.
    private var claim: MemoryClaim?
    /// Of the events that it may send; made with the first of them.
    private var events: TokenBucket?

    init(_ engine: EngineIOServerSession, host: SocketIOHost) {
        self.engine = engine
        self.host = host
        session = SocketIOSession(host.configuration)
    }

    /// The Engine.IO session's id.
    public var id: String { engine.id }

    /// Where the session lives.
    public var eventLoop: any EventLoop { engine.eventLoop }

    /// Who opened it, without the port, so that one machine has one name.
    public var address: String { engine.address }

    private func perform(_ action: SocketIOSession.Action) {
        switch action {
        case .none:
            break
        case .event(let event):
            received(event)
        case .acknowledgement(let position, let arguments):
            callbacks.remove(at: position)(.success(arguments))
        case .admit(let namespace, let authentication):
            if isBearable() { admit(to: namespace, authentication) }
        case .refuse(let namespace):
            guard isBearable() else { return }
            emit(EncodedPacket(.connectError, namespace: namespace, payload: ["message": "Invalid namespace"]))
        case .left(let namespace):
            host.delegate.session(self, disconnectedFrom: namespace, because: .clientNamespaceDisconnect)
        case .close(let reason):
            engine.close(reason)
        }
    }

    private func received(_ event: SocketIOEvent) {
        guard let limit = host.configuration.value.eventRate else {
            return host.delegate.session(self, received: event)
        }
        let now = eventLoop.now
        var bucket = events ?? TokenBucket(limit, at: now)
        let isAllowed = bucket.take(limit, at: now) == nil
        let isBearable = isAllowed || bucket.owe(limit)
        events = bucket
        if isAllowed {
            host.delegate.session(self, received: event)
        } else {
            host.delegate.session(self, exceededWith: event)
            if !isBearable { close(.serverNamespaceDisconnect) }
        }
    }

    /// To join has the rate of events; whoever goes beyond it is thrown out, since there is no gentler way to say so.
    private func isBearable() -> Bool {
        guard let limit = host.configuration.value.eventRate else { return true }
        let now = eventLoop.now
        var bucket = events ?? TokenBucket(limit, at: now)
        defer { events = bucket }
        if bucket.take(limit, at: now) == nil { return true }
        close(.serverNamespaceDisconnect)
        return false
    }

    private func admit(to namespace: String, _ authentication: JSONObject?) {
        switch host.delegate.session(self, admits: namespace, authentication: authentication) {
        case .accept:
            guard session.admitted(to: namespace) else { return }
            engine.server.setNewcomer(engine, false)
            emit(EncodedPacket(.connect, namespace: namespace, payload: ["sid": .string(host.makeID())]))
            host.delegate.session(self, connectedTo: namespace, authentication: authentication)
        case .refuse(let message, let data):
            var payload: JSONObject = ["message": .string(message)]
            payload["data"] = data
            emit(EncodedPacket(.connectError, namespace: namespace, payload: .object(payload)))
            // Who was not let in has nothing else to do here, and does not get to try for ever.
            if namespaces.isEmpty { engine.close(.serverNamespaceDisconnect) }
        }
    }
}

extension SocketIOServerSession: EngineIOServerDelegate {
    public func opened(_ engine: EngineIOServerSession) {
        guard session.open(at: eventLoop.now) else { return }
        engine.server.setNewcomer(engine, true)
        host.delegate.sessionOpened(self)
    }

    public func session(_ engine: EngineIOServerSession, received message: EngineIOMessage) {
        perform(session.received(message))
        claimUnfinished()
    }

    private func claimUnfinished() {
        let held = session.heldBytes
        guard held > 0 else {
            claim = nil
            return
        }
        if claim == nil { claim = engine.server.configuration.value.memory.map { MemoryClaim(on: $0, of: address) } }
        if let claim, !claim.hold(held) { engine.close(.tooMuchUnfinished) }
    }

    public var nextDeadline: NIODeadline? { session.connectDeadline }

    public func session(_ engine: EngineIOServerSession, deadlineReached now: NIODeadline) {
        engine.close(.connectTimeout)
    }

    public func session(_ engine: EngineIOServerSession, closedBecause reason: DisconnectReason) {
        let namespaces = namespaces
        _ = session.close()
        claim = nil
        let unanswered = callbacks
        callbacks = []
        for callback in unanswered { callback(.failure(.disconnected(reason))) }
        for namespace in namespaces {
            host.delegate.session(self, disconnectedFrom: namespace, because: reason)
        }
        host.delegate.session(self, closedBecause: reason)
    }
}

/// What the sessions of one server have in common.
final class SocketIOHost: Sendable {
    let configuration: Shared<SocketIOServerConfiguration>
    let delegate: any SocketIOServerDelegate
    let makeID: @Sendable () -> String

    init(
        _ configuration: SocketIOServerConfiguration,
        delegate: any SocketIOServerDelegate,
        makeID: @escaping @Sendable () -> String
    ) {
        self.configuration = Shared(configuration)
        self.delegate = delegate
        self.makeID = makeID
    }
}

extension EngineIOServer {
    /// A server of Socket.IO.
    ///
    /// - Parameters:
    ///   - delegate: the host of all its sessions, on whatever event loops they live.
    ///   - makeID: makes session ids, as for Engine.IO alone; called once more for each namespace joined.
    ///   - makeTimer: what wakes up the sessions of an event loop.
    ///   - onExcess: called when somebody is refused, or has to go, because there is a limit.
    public convenience init(
        _ configuration: SocketIOServerConfiguration,
        delegate: any SocketIOServerDelegate,
        makeID: @escaping @Sendable () -> String,
        makeTimer: @escaping MakeTimer = EngineIOServer.timerOfEventLoop,
        onExcess: @escaping @Sendable (EngineIOExcess) -> Void = { _ in }
    ) {
        let host = SocketIOHost(configuration, delegate: delegate, makeID: makeID)
        self.init(configuration.engine, makeID: makeID, makeTimer: makeTimer, onExcess: onExcess) { engine in
            SocketIOServerSession(engine, host: host)
        }
    }
}
