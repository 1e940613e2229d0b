/// An address to which mail can be sent: `local@domain`, RFC 5321 §4.1.2 without quoted local parts and address literals, with
/// RFC 6531's letters beyond ASCII. Whatever is one can stand between angle brackets in a command and in a header.
public struct MailAddress: Hashable, Sendable, CustomStringConvertible {
    public let local: String
    public let domain: String

    /// What is wrong with a text that is to be one, in words that may be shown: nothing in them comes from the text.
    public struct Problem: Error, Hashable, Sendable, CustomStringConvertible {
        public let description: String
    }

    private enum Bounds {
        /// In octets: RFC 5321 §4.5.3.1.1 to .3, the path without its brackets.
        static let local = 64
        static let domain = 255
        static let whole = 254
        /// RFC 1035 §2.3.4
        static let label = 63
    }

    public init(_ text: String) throws(Problem) {
        guard text.utf8.count <= Bounds.whole else {
            throw Problem(description: "it is longer than \(Bounds.whole) octets")
        }
        for scalar in text.unicodeScalars {
            if let problem = Self.problem(scalar) { throw Problem(description: problem) }
        }
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2 else { throw Problem(description: "it is not of the form name@domain") }
        let (local, domain) = (parts[0], parts[1])
        guard local.utf8.count <= Bounds.local else {
            throw Problem(description: "what stands before the @ is longer than \(Bounds.local) octets")
        }
        guard !local.isEmpty, !local.hasPrefix("."), !local.hasSuffix("."), !local.contains("..") else {
            throw Problem(description: "what stands before the @ is empty, or has a dot too many")
        }
        for label in domain.split(separator: ".", omittingEmptySubsequences: false) {
            guard !label.isEmpty, label.utf8.count <= Bounds.label, !label.hasPrefix("-"), !label.hasSuffix("-"),
                label.unicodeScalars.allSatisfy({ !$0.isASCII || Self.isLetterDigitHyphen($0) })
            else { throw Problem(description: "what stands after the @ is no domain") }
        }
        self.local = String(local)
        self.domain = String(domain)
    }

    public var description: String { "\(local)@\(domain)" }

    /// Whether it takes SMTPUTF8 to send to it.
    public var isInternational: Bool { !description.utf8.allSatisfy { $0 < 0x80 } }

    /// `local+detail@domain`: RFC 5233's subaddress; `nil` if that would be longer than an address may be.
    func detailed(_ detail: String) -> MailAddress? { try? MailAddress("\(local)+\(detail)@\(domain)") }

    private static func isLetterDigitHyphen(_ scalar: Unicode.Scalar) -> Bool {
        scalar == "-" || scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
    }

    private static func problem(_ scalar: Unicode.Scalar) -> String? {
        switch scalar {
        case "\r", "\n", "\u{85}", "\u{2028}", "\u{2029}": return "it has a line break in it"
        case "<", ">": return "it has an angle bracket in it: write the address alone"
        case "(", ")", "[", "]", "\\", ",", ";", ":", "\"": return "it has a '\(scalar)' in it"
        default: break
        }
        switch scalar.properties.generalCategory {
        case .spaceSeparator: return "it has a blank in it"
        case .control: return "it has a control character in it"
        case .format: return "it has an invisible mark in it, as those that turn the direction of writing"
        case .surrogate, .privateUse, .unassigned: return "it has a character in it that is none"
        default: return nil
        }
    }
}

/// An address with or without a name before it: `Grid Desk <dispatch@grid.example>`.
public struct Mailbox: Hashable, Sendable {
    public let name: HeaderText?
    public let address: MailAddress

    public init(name: HeaderText?, address: MailAddress) {
        self.name = name
        self.address = address
    }

    public init(_ text: String) throws(MailAddress.Problem) {
        guard text.hasSuffix(">"), let bracket = text.firstIndex(of: "<") else {
            self.init(name: nil, address: try MailAddress(text))
            return
        }
        var name = text[..<bracket]
        while name.last == " " { name.removeLast() }
        if name.count >= 2, name.hasPrefix("\""), name.hasSuffix("\"") { name = name.dropFirst().dropLast() }
        let address = try MailAddress(String(text[text.index(after: bracket)...].dropLast()))
        self.init(name: name.isEmpty ? nil : HeaderText(String(name)), address: address)
    }
}
