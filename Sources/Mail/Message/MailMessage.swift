public import Base

/// A mail to one recipient, as text and beside it as HTML.
public struct MailMessage: Sendable {
    public var from: Mailbox
    public var to: MailAddress
    public var subject: HeaderText
    public var date: Timestamp
    public var id: MessageID
    /// The first one of its thread, unless it is that itself.
    public var thread: MessageID?
    public var text: String
    /// A whole document.
    public var html: String

    /// RFC 5322 §3.6.4, without the angle brackets.
    public struct MessageID: Hashable, Sendable, CustomStringConvertible {
        let name: String
        let domain: String

        public init(_ id: UniqueID, _ modification: Int, _ kind: String?, at domain: String) {
            name = "\(id).\(modification)" + (kind.map { ".\($0)" } ?? "")
            self.domain = domain
        }

        public var description: String { "\(name)@\(domain)" }
    }

    /// The whole message as it goes over the wire, without the transparency of the dots: headers (RFC 5322), and a body of two
    /// alternatives (RFC 2046 §5.1.4), the text first. Every line ends with CR LF and is short enough for every relay.
    public func encoded() -> [UInt8] {
        var bytes = Array(headers.utf8)
        bytes.reserveCapacity(bytes.count + (text.utf8.count + html.utf8.count) * 5 / 4 + 512)
        for (type, part) in [("text/plain", text), ("text/html", html)] {
            let head = """
                --\(boundary)\r
                Content-Type: \(type); charset=utf-8\r
                Content-Transfer-Encoding: quoted-printable\r
                \r\n
                """
            bytes += head.utf8
            QuotedPrintable.encode(part, into: &bytes)
            // The end of line before a boundary belongs to the boundary (RFC 2046 §5.1.1).
            bytes += "\r\n".utf8
        }
        bytes += "--\(boundary)--\r\n".utf8
        return bytes
    }

    /// No line of a quoted-printable part begins like this: `=` stands there before a hexadecimal digit or an end of line alone.
    private var boundary: String { "=_\(id.name)" }

    private var headers: String {
        let name = from.name.map { $0.phrase(after: "From: ".count) + "\r\n " } ?? ""
        var lines = [
            "Date: \(dateText)",
            "From: \(name)<\(from.address)>",
            "To: <\(to)>",
            "Subject: \(subject.unstructured(after: "Subject: ".count))",
            "Message-ID: <\(id)>",
        ]
        if let thread { lines += ["In-Reply-To: <\(thread)>", "References: <\(thread)>"] }
        lines += [
            // RFC 3834 §5: no machine is to answer it.
            "Auto-Submitted: auto-generated",
            "MIME-Version: 1.0",
            "Content-Type: multipart/alternative;\r\n boundary=\"\(boundary)\"",
        ]
        return lines.joined(separator: "\r\n") + "\r\n\r\n"
    }

    /// RFC 5322 §3.3, which has a numeric zone where HTTP's date has a name.
    private var dateText: String { date.httpDate.dropLast("GMT".count) + "+0000" }
}
