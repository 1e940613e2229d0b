public import DemandResponse

/// A way out of the house for one method: email, text, voice, webhook.
public protocol OutgoingChannel: Sendable {
    /// Starts to send a message and returns at once. `report` is called for each outcome as it becomes known: `sent`, then
    /// `delivered`; or a failure, for now or for good.
    func send(_ outgoing: Outgoing, report: @escaping @Sendable (DeliveryReport.Outcome) -> Void)
}

/// Stands where no sender is configured: the record says that nothing was sent, and why.
struct UnconfiguredChannel: OutgoingChannel {
    func send(_ outgoing: Outgoing, report: @escaping @Sendable (DeliveryReport.Outcome) -> Void) {
        report(.failedForGood(reason: "no sender is configured for \(outgoing.method.name): not sent"))
    }
}
