internal import Base
internal import Foundation

extension Notation where Value == EmailCarrier.Relay {
    /// `smtp://relay.example:587`
    static let relay: Notation = Notation(
        name: "mail server",
        documentation: """
            smtp://HOST:PORT (STARTTLS, without which nothing is sent; 587), smtps://HOST:PORT (TLS from the first byte; 465) or \
            smtp+plain://HOST:PORT (no TLS; this machine alone).
            """,
        pattern: #"smtp(?:s|\+plain)?:\/\/(?:[A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\])(?::[0-9]{1,5})?"#,
        examples: ["smtp://relay.example:587", "smtps://relay.example:465", "smtp+plain://127.0.0.1:2525"],
        parse: parse
    )

    private static func parse(_ text: Substring) throws(NotationProblem) -> EmailCarrier.Relay {
        guard
            let match = text.wholeMatch(
                of: /(smtp|smtps|smtp\+plain):\/\/(?:([A-Za-z0-9.\-]+)|\[([0-9A-Fa-f:.]+)\])(?::([0-9]{1,5}))?/
            ), let host = match.output.2 ?? match.output.3
        else { throw relay.notOne(text) }
        let security: EmailCarrier.Relay.Security =
            switch match.output.1 {
            case "smtp": .startTLS
            case "smtps": .implicitTLS
            default: .none
            }
        let usual = security == .implicitTLS ? 465 : 587
        let port = match.output.4.map { Int($0) ?? 0 } ?? usual
        guard (1...65_535).contains(port) else {
            throw NotationProblem(message: "there is no port \(port)", help: "ports are 1 … 65535")
        }
        let isHere = host == "localhost" || host == "::1" || host.hasPrefix("127.")
        guard security != .none || isHere else {
            throw NotationProblem(
                message: "smtp+plain goes to this machine alone, as 127.0.0.1: anybody on the way could read along",
                help: "write smtp://\(host):\(port), which asks for STARTTLS, or smtps://\(host)"
            )
        }
        return EmailCarrier.Relay(host: String(host), port: port, security: security)
    }
}

extension Notation where Value == String {
    /// `dispatch@grid.example`
    static let mailAddress: Notation = Notation(
        name: "mail address",
        documentation: "A mail address alone.",
        pattern: addressPattern,
        examples: ["bounce@grid.example"],
        parse: { text throws(NotationProblem) in
            guard isAddress(text) else { throw mailAddress.notOne(text) }
            return String(text)
        }
    )

    /// `Grid Desk <dispatch@grid.example>`
    static let mailbox: Notation = Notation(
        name: "mailbox",
        documentation: "A mail address, with or without a name before it.",
        pattern: #"(?:\#(addressPattern)|[^<>\r\n]{0,100}<\#(addressPattern)>)"#,
        examples: ["Grid Desk <dispatch@grid.example>", "dispatch@grid.example"],
        parse: { text throws(NotationProblem) in
            guard isAddress(text) || isNamedAddress(text) else { throw mailbox.notOne(text) }
            return String(text)
        }
    )

    private static let addressPattern = #"[A-Za-z0-9._+~=-]{1,30}@[A-Za-z0-9.-]{1,200}"#

    private static func isAddress(_ text: Substring) -> Bool {
        text.wholeMatch(of: /[A-Za-z0-9._+~=\-]{1,30}@[A-Za-z0-9.\-]{1,200}/) != nil
    }

    private static func isNamedAddress(_ text: Substring) -> Bool {
        guard let bracket = text.firstIndex(of: "<"), text.last == ">" else { return false }
        let name = text[..<bracket]
        let address = text[text.index(after: bracket)...].dropLast()
        return name.count <= 100 && !name.contains(where: \.isNewline) && isAddress(address)
    }
}

extension Notation where Value == Int {
    /// `10/s`
    static let rate: Notation = Notation(
        name: "rate",
        documentation: "How many a second: 10/s.",
        pattern: #"[1-9][0-9]{0,4}\/s"#,
        examples: ["10/s"],
        parse: { text throws(NotationProblem) in
            guard text.hasSuffix("/s"), let count = Int(text.dropLast(2)), (1...99_999).contains(count),
                text.first?.isNumber ?? false
            else { throw rate.notOne(text) }
            return count
        }
    )
}

/// Where a secret is to be had.
enum SecretReference: Sendable, Hashable {
    case environment(String)
    case file(String)
    /// What stands there is none, which has been reported.
    case none
}

extension Format where Value == SecretReference {
    static let secret: Format = {
        let notation = Format.notation(.secret)
        var format = notation
        format.read = { notation.read($0, $1) ?? SecretReference.none }
        return format
    }()
}

extension Notation where Value == SecretReference {
    /// `${env:SMTP_PASSWORD}`, `${file:smtp.password}`
    static let secret: Notation = Notation(
        name: "secret",
        documentation:
            "Where a secret is: in the environment or in a file beside this one. It never stands here itself.",
        pattern: #"\$\{(?:env:[A-Za-z_][A-Za-z0-9_]*|file:[^}\r\n]+)\}"#,
        examples: ["${env:SMTP_PASSWORD}", "${file:smtp.password}"],
        parse: { text throws(NotationProblem) in
            if let match = text.wholeMatch(of: /\$\{env:([A-Za-z_][A-Za-z0-9_]*)\}/) {
                return .environment(String(match.output.1))
            }
            if let match = text.wholeMatch(of: /\$\{file:([^}\r\n]+)\}/) { return .file(String(match.output.1)) }
            // What stands there may be the secret itself: nothing of it is shown.
            throw NotationProblem(
                message: "a secret does not stand in this file: say where it is",
                help: "write it as ${env:SMTP_PASSWORD} or ${file:smtp.password}"
            )
        }
    )
}
