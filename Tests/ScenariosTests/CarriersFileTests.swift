import Base
import Foundation
import Scenarios
import TestSupport
import Testing

@Suite("A carriers' file")
struct CarriersFileTests {
    private static let password = "correct horse battery"

    private func read(_ text: String, _ environment: [String: String] = ["SMTP_PASSWORD": password])
        -> Reading<CarriersFile>
    {
        CarriersFile.read(text: text, path: "carriers.yaml", environment: environment)
    }

    @Test("says where the mail server is, who logs in, and what people see")
    func whole() throws {
        let text = """
            email:
              smtp: smtp://relay.example:587
              user: dispatcher
              password: ${env:SMTP_PASSWORD}
              from: Grid Desk <dispatch@grid.example>
              bounces: bounce@grid.example
              connections: 8
              queue: 100
              rate: 10/s
              reply_within: 30s
            """
        let email = try #require(try read(text).get().email)
        #expect(email.relay == EmailCarrier.Relay(host: "relay.example", port: 587, security: .startTLS))
        #expect(email.login?.user == "dispatcher" && email.login?.password.reveal() == Self.password)
        #expect(email.connections == 8 && email.queue == 100 && email.messagesPerSecond == 10)
        #expect(email.replyWithin == .seconds(30) && email.bounces == "bounce@grid.example")
        var dumped = "\(email) \(String(reflecting: email))"
        dump(email, to: &dumped)
        #expect(!dumped.contains("horse"))
    }

    @Test(
        "that is wrong is told with place and cure",
        arguments: [
            ("smtp: relay.example", "is not a mail server"), ("smtp: smtp+plain://relay.example", "this machine alone"),
            ("smtp: smtp://relay.example:99999", "no port"),
            ("smtp: smtp://relay.example\n  user: desk", "a user without a password"),
            ("smtp: smtp://relay.example\n  password: ${env:SMTP_PASSWORD}", "a password without a user"),
            ("smtp: smtp://relay.example\n  user: desk\n  password: ${env:NOBODY}", "the environment has no NOBODY"),
            ("smtp: smtp://relay.example\n  user: desk\n  password: ${file:absent}", "no such file"),
            (
                "smtp: smtp+plain://127.0.0.1\n  user: desk\n  password: ${env:SMTP_PASSWORD}",
                "no password is sent without TLS"
            ),
            ("smtp: smtp://relay.example\n  retries: 3", "unknown key 'retries'"),
            ("smtp: smtp://relay.example\n  ca: absent.pem", "'absent.pem' cannot be read"),
            ("smtp: smtp://relay.example\n  connections: 0", "not within"),
            ("smtp: smtp://relay.example\n  rate: fast", "is not a rate"),
        ]
    )
    func mistakes(_ lines: String, _ told: String) {
        let reading = read("email:\n  from: a@b.example\n  \(lines)\n")
        #expect(reading.value == nil && reading.rendered.contains(told), "\(reading.rendered)")
        #expect(reading.diagnostics.allSatisfy { $0.line > 1 || $0.message.contains("missing") })
    }

    @Test("that holds a secret itself is refused without showing it")
    func literal() {
        let text = "email: {smtp: \"smtp://relay.example\", from: a@b.example, user: desk, password: correct horse}"
        let reading = read(text)
        #expect(reading.rendered.contains("a secret does not stand in this file"))
        #expect(reading.rendered.contains("${env:SMTP_PASSWORD}"))
        #expect(reading.diagnostics.count == 1, "it is no user without a password")
        for text in [
            "email:\n  pasword: correct horse\n", "email:\n  password: correct: horse\n",
            "email:\n  password: [correct horse]\n",
        ] {
            #expect(!read(text).rendered.contains("horse"), "\(read(text).rendered)")
        }
    }

    @Test("takes a secret from a file that others cannot read, and from no other")
    func secretFile() throws {
        let scratch = try Scratch()
        try scratch.write("\(Self.password)\n", to: "smtp.password")
        try scratch.write(
            """
            email:
              smtp: smtp://relay.example
              from: a@b.example
              user: desk
              password: ${file:smtp.password}
            """,
            to: "carriers.yaml"
        )
        func read(_ mode: Int) throws -> Reading<CarriersFile> {
            try FileManager.default.setAttributes(
                [.posixPermissions: mode],
                ofItemAtPath: scratch.file("smtp.password")
            )
            return CarriersFile.read(path: scratch.file("carriers.yaml"), environment: [:])
        }
        #expect(try read(0o600).get().email?.login?.password.reveal() == Self.password)
        let refused = try read(0o644)
        #expect(refused.value == nil && refused.rendered.contains("can be read by everybody"))
        #expect(refused.rendered.contains("chmod 600"))
        #expect(!refused.rendered.contains("horse"))
    }

    @Test("has a JSON Schema, the same on every call")
    func schema() {
        let schema = CarriersFile.schema()
        #expect(schema == CarriersFile.schema())
        #expect(schema.contains("https://griddrill.example/carriers.schema.json"))
        for key in ["smtp", "password", "reply_within"] { #expect(schema.contains("\"\(key)\"")) }
    }
}
