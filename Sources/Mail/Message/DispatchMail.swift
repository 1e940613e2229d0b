internal import Base
internal import DemandResponse

/// The mail for a message of the dispatcher.
struct DispatchMail {
    let from: Mailbox
    /// Where reports of what could not be delivered go, each to a subaddress of its own (VERP); without it, to the sender.
    let bounces: MailAddress?

    /// - Parameter now: when it is sent.
    func message(_ outgoing: Outgoing, to address: MailAddress, at now: Timestamp) -> MailMessage {
        let dispatch = outgoing.dispatch
        let subject = Self.subject(outgoing)
        // The same for every attempt, so that whoever gets two can tell.
        let id = id(dispatch.id, dispatch.modification, outgoing.kind)
        let first = self.id(dispatch.id, 0, .dispatch)
        let about = [
            ("For", dispatch.customerName), ("Program", dispatch.programName),
            ("Reference", "\(dispatch.id), version \(dispatch.modification)"),
        ]
        return MailMessage(
            from: from,
            to: address,
            subject: HeaderText(subject),
            date: now,
            id: id,
            thread: id == first ? nil : first,
            text: "\(outgoing.text)\n\n" + about.map { "\($0): \($1)\n" }.joined(),
            html: Self.page(subject, outgoing.text, about)
        )
    }

    func envelope(_ outgoing: Outgoing, to address: MailAddress) -> SMTPEnvelope {
        let dispatch = outgoing.dispatch
        let token = Self.token(dispatch.id, dispatch.modification, outgoing.kind)
        return SMTPEnvelope(
            sender: bounces.map { $0.detailed(token) ?? $0 } ?? from.address,
            recipient: address,
            id: token
        )
    }

    /// Names a message in the local part of an address: at most 64 octets have room there, and case is not kept everywhere.
    static func token(_ id: UniqueID, _ modification: Int, _ kind: Outgoing.Kind) -> String {
        "\(id.description.filter { $0 != "-" })-\(modification)\(letter(kind))"
    }

    private static func letter(_ kind: Outgoing.Kind) -> String {
        switch kind {
        case .dispatch: "d"
        case .cancellation: "c"
        case .allClear: "a"
        }
    }

    private func id(_ id: UniqueID, _ modification: Int, _ kind: Outgoing.Kind) -> MailMessage.MessageID {
        MailMessage.MessageID(id, modification, kind == .dispatch ? nil : kind.rawValue, at: from.address.domain)
    }

    private static func subject(_ outgoing: Outgoing) -> String {
        let what =
            switch outgoing.kind {
            case .dispatch: outgoing.dispatch.modification == 0 ? "Dispatch" : "Changed dispatch"
            case .cancellation: "CANCELLED"
            case .allClear: "ALL CLEAR"
            }
        return (outgoing.dispatch.isDrill ? "DRILL: " : "") + "\(what): \(outgoing.dispatch.programName)"
    }

    /// Nothing in it is fetched from anywhere: no picture, no font, no script.
    private static func page(_ subject: String, _ text: String, _ about: [(String, String)]) -> String {
        let rows = about.map { "<tr><th align=\"left\">\(escaped($0))</th><td>\(escaped($1))</td></tr>" }
        let paragraphs = escaped(text).split(separator: "\n").map { "<p>\($0)</p>" }
        return """
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>\(escaped(subject))</title>
            </head>
            <body style="margin: 0 auto; padding: 16px; max-width: 40em; font: 17px/1.5 sans-serif; overflow-wrap: anywhere">
            <h1 style="font-size: 22px">\(escaped(subject))</h1>
            \(paragraphs.joined(separator: "\n"))
            <table cellpadding="4" style="font-size: 14px">
            \(rows.joined(separator: "\n"))
            </table>
            </body>
            </html>

            """
    }

    private static func escaped(_ text: String) -> String {
        text.escaped { scalar in
            switch scalar {
            case "&": "&amp;"
            case "<": "&lt;"
            case ">": "&gt;"
            case "\"": "&quot;"
            case "\r": ""
            default: nil
            }
        }
    }
}
