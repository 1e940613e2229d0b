public import Base

/// How long a server may take for each of its replies.
public struct SMTPTimeouts: Hashable, Sendable {
    /// The connection itself.
    var connection = Span.seconds(30)
    var handshake = Span.minutes(1)
    var greeting = Span.minutes(5)
    /// EHLO, STARTTLS, AUTH, MAIL, RCPT, RSET.
    var command = Span.minutes(5)
    /// 354
    var dataInitiation = Span.minutes(2)
    /// After the final dot; the sending of the content, which is a block, along with it.
    var dataTermination = Span.minutes(10)
    var quit = Span.seconds(10)
    /// For how long a connection without work is kept.
    var idle = Span.seconds(20)

    /// Those of RFC 5321 §4.5.3.2.
    public static let standard = SMTPTimeouts()

    /// None longer than a span.
    public func atMost(_ span: Span) -> SMTPTimeouts {
        var timeouts = self
        for path in [
            \SMTPTimeouts.connection, \.handshake, \.greeting, \.command, \.dataInitiation, \.dataTermination, \.quit,
        ] {
            timeouts[keyPath: path] = min(timeouts[keyPath: path], span)
        }
        return timeouts
    }
}
