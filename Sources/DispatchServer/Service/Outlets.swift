public import Base
public import DemandResponse
public import DispatchStore
internal import NIOConcurrencyHelpers

/// Where effects leave: sessions, carriers, and those who wait for an answer. The same for both worlds.
///
/// Used by one thread at a time: the service's, or the virtual world's.
public final class Outlets: Sendable {
    public let gateway: RealTimeGateway
    public let answers: AnswerDesk
    private let channels: [DispatchMethod: any OutgoingChannel]
    /// A server counts; a virtual world does not.
    private let metrics: ServerMetrics?
    private let underWay = NIOLockedValueBox(0)

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

    /// Tells those who wait that what they asked for was not kept.
    func abandon(_ submissions: [Submission], because error: StoreError) {
        metrics?.commitFailed(error)
        for submission in submissions {
            if case .acknowledged(let acknowledgement, let session, _) = submission.input {
                gateway.refuse(acknowledgement, of: session, error.plea)
            }
            if let request = submission.input.request { answers.answer(request, .failure(error)) }
        }
    }

    /// When `timeReached` is to be called; `nil`: nothing falls due by itself.
    public var nextDeadline: Timestamp? { gateway.nextDeadline }

    public func timeReached(_ now: Timestamp) { gateway.timeReached(now) }

    /// How many messages carriers have been given of which they have said nothing yet.
    var underWayCount: Int { underWay.withLockedValue { $0 } }

    private func send(_ outgoing: Outgoing, sink: any InputSink) {
        let channel = channels[outgoing.method] ?? UnconfiguredChannel()
        // Nobody waits for that in a virtual world.
        let attempt = metrics.map { _ in AttemptUnderWay(in: underWay) }
        channel.send(outgoing) { outcome in
            defer { attempt?.reported() }
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
