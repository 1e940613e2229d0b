public import Base
internal import DemandResponse
internal import Journal
internal import NIOConcurrencyHelpers

/// Where effects leave: sessions, carriers, and those who wait for an answer. The same for both worlds.
///
/// Used by one thread at a time: the engine's.
public final class Outlets: Sendable {
    let gateway: RealTimeGateway
    private let answers: AnswerDesk
    private let channels: [DispatchMethod: any OutgoingChannel]
    private let metrics: ServerMetrics
    private let sink: any InputSink
    private let underWay = NIOLockedValueBox(0)

    /// - Parameters:
    ///   - channels: methods without one have no sender: what is to go out by them fails for good and says so.
    ///   - sink: takes what carriers report.
    init(
        gateway: RealTimeGateway,
        answers: AnswerDesk,
        channels: [DispatchMethod: any OutgoingChannel],
        metrics: ServerMetrics,
        sink: any InputSink
    ) {
        self.gateway = gateway
        self.answers = answers
        self.channels = channels
        self.metrics = metrics
        self.sink = sink
    }

    /// Carries out the effects of entries that are committed, in order.
    func carryOut(_ entries: [JournalEntry]) {
        metrics.committed(entries)
        for entry in entries {
            for effect in entry.effects {
                switch effect {
                case .record, .refused: break
                case .send(let outgoing): send(outgoing)
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
            if case .sessionJoined(let session, let customer, _) = entry.input {
                gateway.joined(session, customer, entry.effects)
            }
        }
        gateway.flush()
    }

    /// Nobody waits for the answer any more.
    func forget(_ submission: Submission) {
        if let request = submission.input.request { answers.cancel(request) {} }
    }

    /// Notes how long inputs took that have just been committed.
    func measure(_ submissions: [Submission]) {
        metrics.committed(submissions)
    }

    /// Tells those who wait that what they asked for was not kept.
    func abandon(_ submissions: [Submission], because error: StoreError) {
        metrics.commitFailed(error)
        for submission in submissions {
            if case .acknowledged(let acknowledgement, let session, _) = submission.input {
                gateway.refuse(acknowledgement, of: session, error.plea)
            }
            if let request = submission.input.request { answers.answer(request, .failure(error)) }
            if case .sessionJoined(let session, let customer, _) = submission.input {
                gateway.couldNotJoin(session, customer, because: error)
            }
        }
    }

    /// When `timeReached` is to be called, by the clock's `uptime`; `nil`: nothing falls due by itself.
    public var nextDeadline: Timestamp? { gateway.nextDeadline }

    /// Does what has fallen due, if anything has.
    public func timeReached(_ now: Timestamp) {
        if let deadline = nextDeadline, deadline <= now { gateway.timeReached(now) }
    }

    /// How many messages carriers have been given of which they have said nothing yet.
    var underWayCount: Int { underWay.withLockedValue { $0 } }

    private func send(_ outgoing: Outgoing) {
        let channel = channels[outgoing.method] ?? UnconfiguredChannel()
        let attempt = AttemptUnderWay(in: underWay)
        channel.send(outgoing) { [sink] outcome in
            defer { attempt.reported() }
            let report = DeliveryReport(
                key: outgoing.dispatch.key,
                modification: outgoing.dispatch.modification,
                kind: outgoing.kind,
                attempt: outgoing.attempt,
                outcome: outcome
            )
            // Refused only once the server has stopped: the attempt is repeated at the next start.
            _ = sink.submit(.deliveriesReported([report]))
        }
    }
}

/// A message that a carrier has been given and of which it has said nothing yet.
private final class AttemptUnderWay: Sendable {
    private let count: NIOLockedValueBox<Int>
    private let isReported = NIOLockedValueBox(false)

    init(in count: NIOLockedValueBox<Int>) {
        self.count = count
        count.withLockedValue { $0 += 1 }
    }

    /// The first of its reports counts.
    func reported() {
        let isFirst = isReported.withLockedValue { isReported in
            defer { isReported = true }
            return !isReported
        }
        if isFirst { count.withLockedValue { $0 -= 1 } }
    }
}
