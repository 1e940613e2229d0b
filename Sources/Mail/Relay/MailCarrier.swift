internal import Base
public import DemandResponse
public import DispatchServer
public import Logging
internal import NIOConcurrencyHelpers
internal import NIOCore
internal import NIOPosix

/// Sends a dispatcher's mails by a relay.
///
/// `@unchecked`: `state` is touched on the event loop alone, where all of its connections live as well.
public final class MailCarrier: OutgoingChannel, @unchecked Sendable {
    private typealias Queue = MailQueue<UniqueID>

    /// A message and whoever waits to hear of it: each attempt that asked for it.
    private struct Work {
        var outgoing: Outgoing
        let address: MailAddress
        var reports: [@Sendable (DeliveryReport.Outcome) -> Void]
    }

    private struct State {
        var queue: Queue
        var work: [Queue.Key: Work] = [:]
        var connections: [Queue.ConnectionID: SMTPClientHandler] = [:]
    }

    private let relay: MailRelay
    private let clock: any NodeClock
    private let logger: Logger?
    private let eventLoop: any EventLoop
    private var state: State
    private let seen: NIOLockedValueBox<ChannelCondition>

    public init(_ relay: MailRelay, clock: any NodeClock = WallClock(), logger: Logger? = nil) {
        self.relay = relay
        self.clock = clock
        self.logger = logger
        eventLoop = MultiThreadedEventLoopGroup.singleton.next()
        state = State(queue: Queue(relay.bounds))
        seen = NIOLockedValueBox(ChannelCondition(mostWaiting: relay.bounds.waiting))
    }

    public var condition: ChannelCondition? { seen.withLockedValue(\.self) }

    public func send(_ outgoing: Outgoing, report: @escaping @Sendable (DeliveryReport.Outcome) -> Void) {
        let address: MailAddress
        do throws(MailAddress.Problem) {
            address = try MailAddress(outgoing.destination)
        } catch {
            report(.failedForGood(reason: "no mail can be sent to the customer's address: \(error)"))
            return
        }
        eventLoop.execute { [self] in put(outgoing, to: address, report) }
    }

    private func put(
        _ outgoing: Outgoing,
        to address: MailAddress,
        _ report: @escaping @Sendable (DeliveryReport.Outcome) -> Void
    ) {
        let dispatch = outgoing.dispatch
        let key = Queue.Key(
            thread: dispatch.id,
            modification: dispatch.modification,
            kind: outgoing.kind.rawValue
        )
        if state.work[key] == nil {
            state.work[key] = Work(outgoing: outgoing, address: address, reports: [report])
        } else {
            // The rules have lost their patience with an attempt that is still under way: it is not sent a second time.
            state.work[key]?.reports.append(report)
        }
        perform(state.queue.put(key, at: clock.now()))
    }

    private func perform(_ actions: [Queue.Action]) {
        for action in actions {
            switch action {
            case .open(let id): open(id)
            case .give(let key, let id): give(key, to: id)
            case .report(let key, let outcome):
                let work = state.work.removeValue(forKey: key)
                for report in work?.reports ?? [] { report(DeliveryReport.Outcome(outcome)) }
            case .wake(let instant):
                let pause = max(.zero, instant - clock.now())
                eventLoop.scheduleTask(in: .microseconds(pause.microseconds)) { [self] in
                    perform(state.queue.timeReached(clock.now()))
                }
            }
        }
        note()
    }

    private func give(_ key: Queue.Key, to id: Queue.ConnectionID) {
        guard let work = state.work[key], let connection = state.connections[id] else { return }
        let message = relay.mail.message(work.outgoing, to: work.address, at: clock.now())
        let envelope = relay.mail.envelope(work.outgoing, to: work.address)
        connection.give(SMTPMessage(envelope: envelope, content: message.encoded()))
    }

    private func open(_ id: Queue.ConnectionID) {
        state.connections[id] = relay.connect(on: eventLoop) { [weak self] event in
            guard let self else { return }
            let now = clock.now()
            switch event {
            case .ready: perform(state.queue.ready(id, at: now))
            case .finished(let outcome, let goesOn):
                perform(state.queue.finished(id, outcome, goesOn: goesOn, at: now))
            case .closed(let reason):
                state.connections[id] = nil
                perform(state.queue.lost(id, because: reason, at: now))
            }
        }
    }

    /// Lets others see how it is, and the log how it has changed.
    private func note() {
        let queue = state.queue
        let before = seen.withLockedValue { condition in
            let before = condition
            condition.waiting = queue.waitingCount
            condition.underWay = queue.underWayCount
            condition.oldestSince = queue.oldestSince
            condition.down = queue.down.map { ChannelCondition.Down(since: $0.since, reason: $0.reason) }
            return before
        }
        if let down = queue.down, before.down == nil {
            logger?.error("the email carrier is down", metadata: ["reason": "\(down.reason)"])
        } else if queue.down == nil, let down = before.down {
            logger?.notice("the email carrier is up again", metadata: ["since": "\(down.since.iso8601)"])
        }
    }
}

extension DeliveryReport.Outcome {
    init(_ outcome: SMTPOutcome) {
        self =
            switch outcome {
            case .accepted: .sent
            case .refusedForNow(let reason), .notBegun(let reason): .failedForNow(reason: reason)
            case .refusedForGood(let reason): .failedForGood(reason: reason)
            case .unknown(let reason): .unknown(reason: reason)
            }
    }
}
