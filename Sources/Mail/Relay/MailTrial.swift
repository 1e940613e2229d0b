public import Base
internal import DemandResponse
internal import NIOCore
internal import NIOPosix

/// One mail by a relay, for whoever wants to see whether it works.
public enum MailTrial {
    /// Sends a drill that says so and shows every line of the conversation, without what is secret.
    /// - Returns: `nil` when the relay took it, else why not.
    public static func send(
        by relay: MailRelay,
        to address: MailAddress,
        id: UniqueID,
        at now: Timestamp,
        onLine: @escaping @Sendable (SMTPLine) -> Void
    ) async throws -> String? {
        let text = "THIS IS A DRILL. Somebody tries whether mails of the dispatcher arrive. Nothing is to be done."
        let message = MailMessage(
            from: relay.mail.from,
            to: address,
            subject: HeaderText("DRILL: does this arrive?"),
            date: now,
            id: MailMessage.MessageID(id, 0, "trial", at: relay.mail.from.address.domain),
            thread: nil,
            text: text + "\n",
            html: "<!doctype html><title>DRILL</title><p>\(text)</p>\n"
        )
        let sender = relay.mail.bounces ?? relay.mail.from.address
        let mail = SMTPMessage(
            envelope: SMTPEnvelope(sender: sender, recipient: address, id: "\(id)"),
            content: message.encoded()
        )
        let eventLoop = MultiThreadedEventLoopGroup.singleton.next()
        let outcome = eventLoop.makePromise(of: String?.self)
        eventLoop.execute {
            var handler: SMTPClientHandler?
            var told: String?? = .none
            handler = relay.connect(on: eventLoop, onLine: onLine) { event in
                switch event {
                case .ready: handler?.give(mail)
                case .finished(let result, _):
                    told = .some(result.complaint)
                    handler?.quit()
                case .closed(let reason):
                    handler = nil
                    outcome.succeed(told ?? reason ?? "the connection was closed before the message was sent")
                }
            }
        }
        return try await outcome.futureResult.get()
    }
}

extension SMTPOutcome {
    fileprivate var complaint: String? {
        switch self {
        case .accepted: nil
        case .refusedForNow(let reason), .notBegun(let reason): "refused for now: \(reason)"
        case .refusedForGood(let reason): "refused for good: \(reason)"
        case .unknown(let reason): "taken or not, nobody can say: \(reason)"
        }
    }
}
