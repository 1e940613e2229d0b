public import DemandResponse
public import DispatchStore

/// Where effects leave: sessions, carriers, and those who wait for an answer. The same for both worlds.
///
/// Used by one thread at a time: the service's, or the virtual world's.
public final class Outlets: Sendable {
    public let gateway: RealTimeGateway
    public let answers: AnswerDesk
    private let channels: [DispatchMethod: any OutgoingChannel]
    /// A server counts; a virtual world does not.
    private let metrics: ServerMetrics?

    /// Methods without a channel in `channels` have no sender: what is to go out by them fails for good and says so.
    public convenience init(
        gateway: RealTimeGateway,
        answers: AnswerDesk,
        channels: [DispatchMethod: any OutgoingChannel]
    ) {
        self.init(gateway: gateway, answers: answers, channels: channels, metrics: nil)
    }

    init(
        gateway: RealTimeGateway,
        answers: AnswerDesk,
        channels: [DispatchMethod: any OutgoingChannel],
        metrics: ServerMetrics?
    ) {
        self.gateway = gateway
        self.answers = answers
        self.channels = channels
        self.metrics = metrics
    }

    /// Carries out the effects of entries that are committed, in order.
    public func carryOut(_ entries: [JournalEntry], sink: any InputSink) {
        metrics?.committed(entries)
        for entry in entries {
            for effect in entry.effects {
                switch effect {
                case .record, .refused: break
                case .send(let outgoing): send(outgoing, sink: sink)
                case .emit(let news, let audience): gateway.emit(news, to: audience)
                case .observe(let session): gateway.observe(session)
                case .enterRoom(let session, let customer): gateway.enterRoom(session, customer)
                case .leave(let session): gateway.leave(session)
                case .answer(let request, let answer):
                    // After the news that comes before it: who has joined knows what there was to be told.
                    gateway.flush()
                    answers.answer(request, .success(answer))
                }
            }
        }
        gateway.flush()
    }

    /// Notes how long inputs took that have just been committed.
    func measure(_ submissions: [Submission]) {
        metrics?.committed(submissions)
    }

    /// Tells those who wait that what they asked for was not kept, and closes the sessions.
    func abandon(_ requests: [RequestID], because error: StoreError) {
        for request in requests { answers.answer(request, .failure(error)) }
        metrics?.commitFailed()
        gateway.closeAll()
    }

    private func send(_ outgoing: Outgoing, sink: any InputSink) {
        let channel = channels[outgoing.method] ?? UnconfiguredChannel()
        channel.send(outgoing) { outcome in
            let report = DeliveryReport(
                key: outgoing.dispatch.key,
                modification: outgoing.dispatch.modification,
                kind: outgoing.kind,
                attempt: outgoing.attempt,
                outcome: outcome
            )
            // A report that finds the inbox full is lost; the attempt is repeated at the next start.
            _ = sink.submit(.deliveriesReported([report]))
        }
    }
}
