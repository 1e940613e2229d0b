import Base
@testable import Mail

/// A conversation as a table: what happens, and what the machine then does, in words.
struct SMTPTable {
    var machine: SMTPClientMachine

    init(
        _ security: SMTPClientMachine.Security = .none,
        password: String? = nil,
        timeouts: SMTPTimeouts = .standard
    ) {
        machine = SMTPClientMachine(
            SMTPClientMachine.Settings(
                security: security,
                credentials: password.map { SMTPClientMachine.Credentials(user: "desk", password: Secret($0)) },
                serverName: "relay",
                timeouts: timeouts
            )
        )
    }

    /// One that can take a message.
    static func ready(offering extensions: String...) -> SMTPTable {
        var table = SMTPTable()
        _ = table.connected()
        _ = table.hears("220 relay")
        let lines = ["relay"] + extensions
        for (index, line) in lines.enumerated() {
            _ = table.hears("250\(index == lines.count - 1 ? " " : "-")\(line)")
        }
        return table
    }

    mutating func connected() -> [String] { machine.connected(as: "[127.0.0.1]").map(Self.words) }
    mutating func secured() -> [String] { machine.secured().map(Self.words) }
    mutating func timedOut() -> [String] { machine.timedOut().map(Self.words) }
    mutating func closed() -> [String] { machine.closed().map(Self.words) }
    mutating func quit() -> [String] { machine.quit().map(Self.words) }
    mutating func hears(_ lines: String...) -> [String] {
        machine.received(lines.map { $0 + "\r\n" }.joined().utf8).map(Self.words)
    }

    mutating func gives(to recipient: String = "site@mill.example", content: String = "Hello\r\n") throws -> [String] {
        let envelope = SMTPEnvelope(
            sender: try MailAddress("desk@grid.example"),
            recipient: try MailAddress(recipient),
            id: "1-0d"
        )
        return machine.give(SMTPMessage(envelope: envelope, content: Array(content.utf8))).map(Self.words)
    }

    private static func words(_ action: SMTPClientMachine.Action) -> String {
        switch action {
        case .write(let bytes, _): "write " + String(decoding: bytes, as: UTF8.self).replacing("\r\n", with: "|")
        case .startTLS: "handshake"
        case .wait(let span): span.map { "wait \($0.microseconds / 1_000_000)" } ?? "wait no more"
        case .ready: "ready"
        case .finished(let outcome): "finished \(outcome)"
        case .unusable(let reason): "unusable: \(reason)"
        case .close: "close"
        }
    }
}
