internal import Base

/// A message on its way through a connection.
struct SMTPTransaction: Hashable, Sendable {
    enum Step: Hashable, Sendable {
        case reset, mail, recipient, data
        /// The message was sent to its end.
        case content
        /// The server waits for a message of which it has refused the sender or the recipient: it gets none.
        case nothing
    }

    var message: SMTPMessage
    /// What has been sent and not answered, in order.
    var unanswered: [Step] = []
    /// What is to be sent once that is answered; with pipelining it has been.
    var unsent: [Step] = []
    /// The first refusal.
    var refusal: SMTPReply?
    /// The server has taken its sender.
    var hasBegun = false

    /// What became of it if the connection is lost now.
    func outcome(ofLoss reason: String) -> SMTPOutcome {
        if unanswered.contains(.content) { return .unknown(reason) }
        return hasBegun ? .refusedForNow(reason) : .notBegun(reason)
    }
}

extension SMTPClientMachine {
    /// Sends a message. To be called when one may be given.
    mutating func give(_ message: SMTPMessage) -> [Action] {
        guard state == .ready else {
            return [.finished(.notBegun("the connection to \(settings.serverName) was about to be closed"))]
        }
        if message.envelope.isInternational, !extensions.hasUTF8 {
            return [
                .finished(.refusedForGood("\(settings.serverName) takes no address beyond ASCII: it has no SMTPUTF8"))
            ]
        }
        if let largest = extensions.largestSize, message.content.count > largest {
            return [
                .finished(.refusedForGood("\(settings.serverName) takes no message of more than \(largest) octets"))
            ]
        }
        var steps: [SMTPTransaction.Step] = [.mail, .recipient, .data]
        if needsReset { steps.insert(.reset, at: 0) }
        needsReset = false
        var transaction = SMTPTransaction(message: message)
        if extensions.hasPipelining {
            // RFC 2920 §3.1: DATA may be the last of a group.
            transaction.unanswered = steps
        } else {
            transaction.unanswered = [steps[0]]
            transaction.unsent = Array(steps.dropFirst())
        }
        let lines = transaction.unanswered.map { line($0, of: message) }
        state = .transaction(transaction)
        return [
            .write(Array(lines.map { "\($0)\r\n" }.joined().utf8), shown: lines), .wait(timeout(of: transaction)),
        ]
    }

    mutating func take(_ reply: SMTPReply, in before: SMTPTransaction) -> [Action] {
        var transaction = before
        guard let step = transaction.unanswered.first else { return fail("\(settings.serverName) spoke out of turn") }
        if reply.code == 421 { return shutDown(reply, in: transaction) }
        transaction.unanswered.removeFirst()
        switch step {
        case .reset:
            guard reply.kind == .done else { return fail("\(settings.serverName) refused RSET: \(reply.words)") }
        case .mail, .recipient:
            if step == .mail { transaction.hasBegun = true }
            if reply.kind != .done { transaction.refusal = transaction.refusal ?? reply }
        case .data:
            if reply.code == 354 { return goOn(transaction) }
            return end(refusal: transaction.refusal ?? reply)
        case .content:
            return finish(reply.kind == .done ? .accepted(reply.words) : refusal(reply))
        case .nothing:
            return end(refusal: transaction.refusal ?? reply)
        }
        if let refusal = transaction.refusal, transaction.unanswered.isEmpty { return end(refusal: refusal) }
        var actions: [Action] = []
        if transaction.unanswered.isEmpty, !transaction.unsent.isEmpty {
            let next = transaction.unsent.removeFirst()
            transaction.unanswered = [next]
            actions.append(write(line(next, of: transaction.message)))
        }
        state = .transaction(transaction)
        return actions + [.wait(timeout(of: transaction))]
    }

    /// The server waits for the message.
    private mutating func goOn(_ before: SMTPTransaction) -> [Action] {
        var transaction = before
        guard transaction.refusal == nil else {
            // RFC 2920 §3.1: a server may say 354 though it has refused what came before. It gets an empty message.
            transaction.unanswered = [.nothing]
            state = .transaction(transaction)
            return [.write(Array(".\r\n".utf8), shown: ["."]), .wait(settings.timeouts.dataTermination)]
        }
        let content = transaction.message.transparentContent
        transaction.unanswered = [.content]
        state = .transaction(transaction)
        let shown = ["(\(transaction.message.content.count) octets of message)", "."]
        return [.write(content, shown: shown), .wait(settings.timeouts.dataTermination)]
    }

    /// What a server says that ends the connection (RFC 5321 §3.8) is an answer, too: it has not taken the message.
    private mutating func shutDown(_ reply: SMTPReply, in transaction: SMTPTransaction) -> [Action] {
        state = .closed
        let reason = "\(settings.serverName) said \(reply.words)"
        return [
            .wait(nil), .finished(transaction.hasBegun ? .refusedForNow(reason) : .notBegun(reason)), .close,
        ]
    }

    private mutating func end(refusal: SMTPReply) -> [Action] {
        needsReset = true
        return finish(self.refusal(refusal))
    }

    private mutating func finish(_ outcome: SMTPOutcome) -> [Action] {
        state = .ready
        return [.wait(settings.timeouts.idle), .finished(outcome)]
    }

    /// Of what is neither yes nor no, the message was not taken, as far as anybody can tell.
    private func refusal(_ reply: SMTPReply) -> SMTPOutcome {
        let words = "\(settings.serverName) said \(reply.words)"
        return reply.kind == .never ? .refusedForGood(words) : .refusedForNow(words)
    }

    private func line(_ step: SMTPTransaction.Step, of message: SMTPMessage) -> String {
        switch step {
        case .reset: "RSET"
        case .mail: message.envelope.mail(extensions, size: message.content.count)
        case .recipient: message.envelope.rcpt(extensions)
        case .data: "DATA"
        case .content, .nothing: "."
        }
    }

    private func timeout(of transaction: SMTPTransaction) -> Span {
        transaction.unanswered.first == .data ? settings.timeouts.dataInitiation : settings.timeouts.command
    }
}
