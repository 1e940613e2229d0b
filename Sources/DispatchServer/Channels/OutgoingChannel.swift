public import Base
public import DemandResponse

/// A way out of the house for one method: email, text, voice, webhook.
public protocol OutgoingChannel: Sendable {
    /// Starts to send a message and returns at once. `report` is called for each outcome as it becomes known: `sent`, then
    /// `delivered`; or that it failed, for now or for good, or that nobody can say.
    ///
    /// Asked for a message again (the same dispatch, modification and kind, by a later attempt) while it has not reported what became of
    /// it, a channel sends it once and reports to both.
    func send(_ outgoing: Outgoing, report: @escaping @Sendable (DeliveryReport.Outcome) -> Void)

    /// How it is; `nil` where that is of no interest.
    var condition: ChannelCondition? { get }
}

extension OutgoingChannel {
    public var condition: ChannelCondition? { nil }
}

/// How a carrier gets on, for metrics and whoever asks whether the server is ready.
public struct ChannelCondition: Sendable {
    /// It brings nothing to anybody.
    public struct Down: Sendable {
        public var since: Timestamp
        public var reason: String

        public init(since: Timestamp, reason: String) {
            self.since = since
            self.reason = reason
        }
    }

    /// How many messages wait for their turn, and how many may.
    public var waiting = 0
    public var mostWaiting: Int
    public var underWay = 0
    /// Since when the message has waited that has waited longest.
    public var oldestSince: Timestamp?
    public var down: Down?

    public init(mostWaiting: Int) { self.mostWaiting = mostWaiting }
}

/// Stands where no sender is configured: the record says that nothing was sent, and why.
struct UnconfiguredChannel: OutgoingChannel {
    func send(_ outgoing: Outgoing, report: @escaping @Sendable (DeliveryReport.Outcome) -> Void) {
        report(.failedForGood(reason: "no sender is configured for \(outgoing.method.name): not sent"))
    }
}
