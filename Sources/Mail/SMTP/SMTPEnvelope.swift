/// From whom and to whom a message goes.
public struct SMTPEnvelope: Hashable, Sendable {
    public var sender: MailAddress
    public var recipient: MailAddress
    /// What reports of its delivery call it (ENVID, RFC 3461 §4.4): letters, digits and `-`.
    public var id: String

    public init(sender: MailAddress, recipient: MailAddress, id: String) {
        self.sender = sender
        self.recipient = recipient
        self.id = id
    }

    var isInternational: Bool { sender.isInternational || recipient.isInternational }

    /// `MAIL`, RFC 5321 §4.1.1.2.
    func mail(_ extensions: SMTPExtensions, size: Int) -> String {
        var line = "MAIL FROM:<\(sender)>"
        if extensions.hasSize { line += " SIZE=\(size)" }
        if isInternational { line += " BODY=8BITMIME SMTPUTF8" }
        if extensions.hasDSN { line += " RET=HDRS ENVID=\(Self.xtext(id))" }
        return line
    }

    /// `RCPT`, RFC 5321 §4.1.1.3.
    func rcpt(_ extensions: SMTPExtensions) -> String {
        var line = "RCPT TO:<\(recipient)>"
        if extensions.hasDSN {
            line += " NOTIFY=FAILURE,DELAY"
            if !recipient.isInternational { line += " ORCPT=rfc822;\(Self.xtext(recipient.description))" }
        }
        return line
    }

    /// RFC 3461 §4: what is not printable, `+` and `=` as `+` and two hexadecimal digits.
    static func xtext(_ text: String) -> String {
        var encoded = ""
        for byte in text.utf8 {
            if (0x21...0x7E).contains(byte), byte != UInt8(ascii: "+"), byte != UInt8(ascii: "=") {
                encoded.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                encoded += "+" + String(Int(byte) + 0x100, radix: 16, uppercase: true).dropFirst()
            }
        }
        return encoded
    }
}

/// A message as it is given to a connection.
struct SMTPMessage: Hashable, Sendable {
    var envelope: SMTPEnvelope
    /// Ends with CR LF.
    var content: [UInt8]

    /// With a dot more before each line that begins with one, and the line that ends it: RFC 5321 §4.5.2.
    var transparentContent: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(content.count + 16)
        var startsLine = true
        for byte in content {
            if startsLine, byte == UInt8(ascii: ".") { bytes.append(byte) }
            bytes.append(byte)
            startsLine = byte == UInt8(ascii: "\n")
        }
        bytes += ".\r\n".utf8
        return bytes
    }
}

/// What became of a message that was given to a connection.
enum SMTPOutcome: Hashable, Sendable {
    /// The server is responsible for it now.
    case accepted(String)
    /// 4yz, or the connection was lost before the message's end had been sent.
    case refusedForNow(String)
    /// 5yz
    case refusedForGood(String)
    /// The connection was lost after the message's end had been sent, and before the answer to it.
    case unknown(String)
    /// The server had taken nothing of it yet, not even its sender: another connection may do better.
    case notBegun(String)
}
