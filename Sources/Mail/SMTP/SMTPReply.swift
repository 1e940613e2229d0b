internal import Base

/// A server's reply, RFC 5321 §4.2.
struct SMTPReply: Hashable, Sendable {
    var code: Int
    /// What stands after the code, a line each.
    var lines: [String]

    enum Kind { case done, goOn, notNow, never }

    var kind: Kind {
        switch code / 100 {
        case 2: .done
        case 3: .goOn
        case 4: .notNow
        default: .never
        }
    }

    /// The code and the words, on one line that can be shown.
    var words: String {
        let line = "\(code) " + lines.joined(separator: " ")
        return line.count > 300 ? line.prefix(299) + "…" : line
    }
}

/// Takes replies out of what a server sends. What is no reply, or is longer than one may be, ends the conversation.
struct SMTPReplyReader: Sendable {
    struct Fault: Error, Hashable {
        var words: String
    }

    /// RFC 5321 §4.5.3.1.5 has 512 octets a line, which not everybody keeps to.
    private static let longestLine = 4_096
    private static let mostLines = 128

    private var bytes: [UInt8] = []
    private var code: Int?
    private var lines: [String] = []

    mutating func append(_ more: some Sequence<UInt8>) { bytes += more }

    /// Whether something stands there that no reply has been made of.
    var hasRest: Bool { !bytes.isEmpty || code != nil }

    mutating func next() throws(Fault) -> SMTPReply? {
        while let end = bytes.firstIndex(of: UInt8(ascii: "\n")) {
            var line = Array(bytes[..<end])
            bytes.removeSubrange(...end)
            if line.last == UInt8(ascii: "\r") { line.removeLast() }
            if let reply = try take(line) { return reply }
        }
        guard bytes.count <= Self.longestLine else { throw Fault(words: "a reply's line without an end") }
        return nil
    }

    private mutating func take(_ line: [UInt8]) throws(Fault) -> SMTPReply? {
        let digits = line.prefix(3)
        guard line.count <= Self.longestLine, digits.count == 3,
            digits.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
            let code = Int(String(decoding: digits, as: UTF8.self)), (200..<600).contains(code),
            line.count == 3 || line[3] == UInt8(ascii: " ") || line[3] == UInt8(ascii: "-"),
            self.code == nil || self.code == code, lines.count < Self.mostLines
        else { throw Fault(words: "what is no reply of SMTP") }
        lines.append(Self.shown(line.dropFirst(4)))
        guard line.count > 3, line[3] == UInt8(ascii: "-") else {
            defer { (self.code, lines) = (nil, []) }
            return SMTPReply(code: code, lines: lines)
        }
        self.code = code
        return nil
    }

    private static func shown(_ bytes: ArraySlice<UInt8>) -> String {
        String(decoding: bytes, as: UTF8.self).escaped { scalar in
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator: " "
            default: nil
            }
        }
    }
}
