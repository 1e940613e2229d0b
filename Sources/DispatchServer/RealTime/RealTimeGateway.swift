public import Base
internal import DemandResponse
internal import DispatchStore
internal import Logging
internal import NIOConcurrencyHelpers
internal import NIOCore
public import SocketIO

/// Between Socket.IO sessions and the dispatcher: what clients say becomes inputs, news becomes events in their rooms.
///
/// Rooms follow the effects, not the sockets, so that a session that joins gets each dispatch exactly once: with the resync or
/// after it.
///
/// `@unchecked`: `members`, `rooms`, `observers`, `fresh` and `outboxes` are touched only by the one thread that carries effects out;
/// sessions only on their own event loops.
public final class RealTimeGateway: @unchecked Sendable {
    struct Member {
        let session: SocketIOServerSession
        var room: Customer.ID?
    }

    let sink: any InputSink
    let answers: AnswerDesk
    private let clock: any NodeClock
    /// `nil`: whoever comes may do everything.
    let authenticator: Authenticator?
    let metrics: ServerMetrics
    let denials: DenialDesk

    /// What the resyncs of one session may bring with them, in effects; `nil`: any number.
    let resyncRate: RateLimit?

    let registry = NIOLockedValueBox(Registry())
    var members: [SessionID: Member] = [:]
    private var rooms: [Customer.ID: [SocketIOServerSession]] = [:]
    var observers: [SocketIOServerSession] = []
    var fresh: FreshObservers<EncodedPacket>
    private var outboxes: [Outbox] = []

    /// Every open session, known to the rules or not yet.
    struct Registry {
        var count: Int64 = 0
        var sessions: [SessionID: SocketIOServerSession] = [:]
        /// Of the sessions that had to show a token.
        var principals: [SessionID: Principal] = [:]
        /// The sessions that are in the main namespace, and whose each says it is, if it has said so.
        var connected: [SessionID: Customer.ID?] = [:]
        /// What came of that.
        var joinings: [SessionID: Joining] = [:]
    }

    /// - Parameters:
    ///   - clock: for the status of incidents in news.
    ///   - authenticator: whom to let in; `nil`: everybody, who then may do everything.
    ///   - logger: `nil`: a virtual world, which says everything in its record.
    ///   - resyncRate: what one session may ask for by saying that it is another customer's.
    init(
        sink: any InputSink,
        answers: AnswerDesk,
        clock: any NodeClock,
        authenticator: Authenticator?,
        metrics: ServerMetrics,
        logger: Logger?,
        resyncRate: RateLimit?
    ) {
        self.sink = sink
        self.resyncRate = resyncRate
        self.authenticator = authenticator
        self.answers = answers
        self.clock = clock
        self.metrics = metrics
        denials = DenialDesk(sink: sink, logger: logger)
        fresh = FreshObservers(grace: clock.advance(in: .seconds(1)))
    }

    /// How many sessions the rules know.
    public var sessionCount: Int { members.count }

    /// How many sessions are open, known to the rules or not yet; from any thread.
    var openSessionCount: Int { registry.withLockedValue { $0.sessions.count } }
}

// MARK: - On the sessions' event loops

extension RealTimeGateway: SocketIOServerDelegate {
    public func sessionOpened(_ session: SocketIOServerSession) {
        registry.withLockedValue { registry in
            registry.count += 1
            let id = SessionID(registry.count)
            session.tag = Int(id.number)
            registry.sessions[id] = session
        }
    }

    public func session(
        _ session: SocketIOServerSession,
        admits namespace: String,
        authentication: JSONObject?
    ) -> SocketIOAdmission {
        admit(session, authentication)
    }

    public func session(
        _ session: SocketIOServerSession,
        connectedTo namespace: String,
        authentication: JSONObject?
    ) {
        registry.withLockedValue { $0.connected[session.number] = .some(nil) }
        // An observer sees every event; a customer's session hears nothing before it says whose it is.
        if role(of: session).customer == nil { submit(.sessionConnected(session.number), from: session) }
    }

    public func session(_ session: SocketIOServerSession, received event: SocketIOEvent) {
        let id = session.number
        let message = ClientMessage(event)
        if let reason = refusal(of: message, from: session) {
            refuse(event, reason, to: session)
            return
        }
        switch message {
        case .handshake(let customer):
            guard begins(handshake: event, of: session, as: customer) else { return }
            let joined = Input.sessionJoined(id, customer, expectAnswer(to: event, for: session))
            if role(of: session).customer == nil {
                submit(joined, from: session)
            } else if !sink.submit([.sessionConnected(id), joined], actor: actor(of: session)) {
                session.close(.serverShuttingDown)
            }
        case .acknowledge(let request):
            submit(.acknowledged(request, id, expectAnswer(to: event, for: session)), from: session)
        case .malformed(let reason):
            refuse(event, reason, to: session)
        case .unknown:
            break
        }
    }

    public func session(_ session: SocketIOServerSession, exceededWith event: SocketIOEvent) {
        metrics.exceeded(.events)
        refuse(event, "too many events came over this session; send fewer", to: session)
    }

    /// Says why something is not done, to the sender only.
    func refuse(_ event: SocketIOEvent, _ reason: String, to session: SocketIOServerSession) {
        var refusal = event.arguments.first?.objectValue ?? [:]
        refusal["success"] = false
        refusal["reason"] = .string(reason)
        if event.name == "acknowledge" { session.emit("acknowledge-update", [.object(refusal)]) }
        if let acknowledgement = event.acknowledgementID { session.acknowledge(acknowledgement, [.object(refusal)]) }
    }

    public func session(
        _ session: SocketIOServerSession,
        disconnectedFrom namespace: String,
        because reason: DisconnectReason
    ) {
        registry.withLockedValue { registry in
            registry.connected[session.number] = nil
            registry.joinings[session.number]?.leave()
        }
        // If the inbox is full the rules keep a session that takes nothing: its news fails and waits for the next one.
        let isExpelled = reason.isSlowConsumer || reason == .serverNamespaceDisconnect
        _ = sink.close(session.number, isExpelled: isExpelled)
    }

    public func session(_ session: SocketIOServerSession, closedBecause reason: DisconnectReason) {
        registry.withLockedValue { registry in
            registry.sessions[session.number] = nil
            registry.principals[session.number] = nil
            registry.joinings[session.number] = nil
        }
        if reason.isSlowConsumer { metrics.exceeded(.queuedBytes) }
    }

    private func submit(_ input: Input, from session: SocketIOServerSession) {
        // A server that cannot keep up lets go of the client, which comes back and is resynchronised.
        if !sink.submit(input, correlation: nil, actor: actor(of: session)) { session.close(.serverShuttingDown) }
    }

    /// If the client asked for an acknowledgement of its event, it gets the rules' answer.
    private func expectAnswer(to event: SocketIOEvent, for session: SocketIOServerSession) -> RequestID? {
        guard let acknowledgement = event.acknowledgementID, let session = registered(session.number) else {
            return nil
        }
        return answers.expect { result in
            let body = JSON(answer: result)
            session.run { session in
                session.acknowledge(acknowledgement, [body])
                session.flush()
            }
        }
    }
}

// MARK: - On the thread that carries effects out

extension RealTimeGateway {
    func observe(_ id: SessionID) {
        guard let session = registered(id) else { return }
        members[id] = Member(session: session)
        fresh.add(id, at: clock.uptime())
    }

    func enterRoom(_ id: SessionID, _ customer: Customer.ID) {
        guard let member = members[id] else { return }
        remove(id, member)
        members[id] = Member(session: member.session, room: customer)
        rooms[customer, default: []].append(member.session)
    }

    func leave(_ id: SessionID) {
        if let member = members.removeValue(forKey: id) { remove(id, member) }
    }

    private func remove(_ id: SessionID, _ member: Member) {
        guard let room = member.room else {
            fresh.remove(id)
            observers.removeAll { $0 === member.session }
            return
        }
        rooms[room]?.removeAll { $0 === member.session }
        if rooms[room]?.isEmpty ?? false { rooms[room] = nil }
    }

    /// Tells a session that its acknowledgement does not count.
    func refuse(_ acknowledgement: AcknowledgementRequest, of id: SessionID, _ reason: String) {
        let packet = EncodedPacket(refusing: acknowledgement, reason)
        registered(id)?.run { session in
            session.emit(packet)
            session.flush()
        }
    }

    /// Puts news into the outboxes of those who are to hear it; `flush` sends them.
    func emit(_ news: News, to audience: Audience) {
        let packet = EncodedPacket(news, at: clock.now())
        let report = Self.report(on: news)
        switch audience {
        case .customer(let customer):
            put(packet, to: rooms[customer] ?? [], report)
        case .customerAndObservers(let customer):
            put(packet, to: rooms[customer] ?? [], report)
            putToObservers(packet)
        case .observers:
            putToObservers(packet)
        case .session(let id):
            put(packet, to: members[id].map { [$0.session] } ?? [], report)
        }
    }

    /// A dispatch whose method is Socket.IO itself is sent when a session has taken it.
    private static func report(on news: News) -> DeliveryReport? {
        guard case .dispatch(let dispatch, let attempt, _, _) = news, dispatch.key.method == .websocket else {
            return nil
        }
        return DeliveryReport(key: dispatch.key, modification: dispatch.modification, attempt: attempt, outcome: .sent)
    }

    private func putToObservers(_ packet: EncodedPacket) {
        put(packet, to: observers, nil)
        fresh.append(packet)
    }

    func put(_ packet: EncodedPacket, to sessions: [SocketIOServerSession], _ report: DeliveryReport?) {
        if sessions.isEmpty, var report {
            report.outcome = .failedForNow(reason: "no session is connected")
            _ = sink.submit(.deliveriesReported([report]))
        }
        for session in sessions {
            outbox(of: session.eventLoop).put(packet, to: session, report)
        }
    }

    private func outbox(of eventLoop: any EventLoop) -> Outbox {
        if let outbox = outboxes.first(where: { $0.eventLoop === eventLoop }) { return outbox }
        let outbox = Outbox(eventLoop: eventLoop)
        outboxes.append(outbox)
        return outbox
    }

    /// Sends what `emit` has put into the outboxes: one hop to each event loop.
    func flush() {
        for outbox in outboxes { outbox.send(reportingTo: sink) }
    }

    /// Lets go of every session; clients come back by themselves.
    public func closeAll() {
        let sessions = registry.withLockedValue { $0.sessions.values.sorted { $0.id < $1.id } }
        for session in sessions {
            session.run { $0.close(.serverShuttingDown) }
        }
        forgetMembers()
    }

    /// The rules know no session any more, and are told again of those that are there.
    func forgetMembers() {
        members = [:]
        rooms = [:]
        observers = []
        fresh.removeAll()
    }
}

extension RealTimeGateway {
    func registered(_ id: SessionID) -> SocketIOServerSession? {
        registry.withLockedValue { $0.sessions[id] }
    }
}

extension SocketIOServerSession {
    /// Its number in the registry.
    var number: SessionID { SessionID(Int64(tag)) }
}
