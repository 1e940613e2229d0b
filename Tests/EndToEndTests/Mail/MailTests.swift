import Base
import Foundation
import NIOHTTP1
import TestSupport
import Testing

/// `serve --carriers` against a mail server that nobody here wrote.
@Suite struct MailTests {
    private static let password = "korrekt-pferd-batterie"
    private let scratch: Scratch

    init() throws { scratch = try Scratch() }

    private func serve(_ carriers: String, customers: Int, environment: [String: String] = [:]) async throws
        -> RunningServer
    {
        try await RunningServer(
            in: scratch,
            database: "d.sqlite",
            arguments: ["--carriers", carriers, "--roster", try scratch.mailRoster(customers)],
            environment: environment
        )
    }

    /// How many of the journal's rows, or of the dispatches, are like this.
    private func count(_ query: String) throws -> Int {
        Int(try RecordRows.read([query], from: scratch.file("d.sqlite")).first ?? "") ?? -1
    }

    private func dispatches(_ state: String) throws -> Int {
        try count("SELECT count(*) FROM dispatches WHERE state = '\(state)'")
    }

    private func isSettled(_ state: String, _ count: Int) async throws {
        try await eventually("\(count) dispatches are \(state)", within: 90) { try dispatches(state) == count }
    }

    /// `griddrill carriers test`.
    private func sendDrill(by carriers: String, _ environment: [String: String]) async throws -> Outcome {
        let command = ["carriers", "test", "--carriers", carriers, "--to", "somebody@mill.example"]
        return try await Command(command, in: scratch, environment: environment).outcome()
    }

    @Test func `a thousand mails arrive, exactly one each, and say what was dispatched`() async throws {
        let sink = try MailSink(in: scratch)
        let server = try await serve(
            try scratch.carriers(sink.port, "bounces: bounce@grid.example"),
            customers: 1_000
        )
        try await server.postIncident()
        try await isSettled("sent", 1_000)
        let mails = try sink.mails()
        #expect(mails.count == 1_000)
        #expect(Set(mails.map(\.recipient)) == Set((1...1_000).map { "site-\($0)@mill.example" }))
        #expect(Set(mails.compactMap { $0.header("Message-ID") }).count == 1_000)
        let returnPaths = mails.compactMap { $0.envelope["from"]?.stringValue }
        #expect(Set(returnPaths).count == 1_000)
        #expect(returnPaths.allSatisfy { $0.hasPrefix("bounce+") && $0.hasSuffix("-0d@grid.example") })
        let mail = try #require(mails.first)
        #expect(mail.header("Subject") == "=?UTF-8?B?RGlzcGF0Y2g6IFNwaXR6ZW5sYXN0IEvDtmxu?=")
        #expect(mail.header("From") == "\"Grid Desk\" <dispatch@grid.example>")
        #expect(mail.header("Auto-Submitted") == "auto-generated")
        let metrics = try RawConnection(port: server.port)
        #expect(try metrics.metric("griddrill_attempts_total{channel=\"email\"}") == 1_000)
        #expect(try metrics.metric("griddrill_attempt_outcomes_total{channel=\"email\",outcome=\"accepted\"}") == 1_000)
        #expect(try metrics.metric("griddrill_carrier_up{channel=\"email\"}") == 1)
        #expect(try metrics.metric("griddrill_carrier_waiting{channel=\"email\"}") == 0)
        #expect(try await server.stop().status == 0)
        #expect(try await parsedByPython(mails[0].text).contains("Site "))
    }

    /// What Python's own reader of mails makes of the text part.
    private func parsedByPython(_ mail: String) async throws -> String {
        try scratch.write(mail, to: "one.eml")
        let script = """
            import email, email.policy, sys
            message = email.message_from_binary_file(open(sys.argv[1], "rb"), policy=email.policy.default)
            assert not message.defects, message.defects
            parts = list(message.iter_parts())
            assert [part.get_content_type() for part in parts] == ["text/plain", "text/html"], parts
            assert not any(part.defects for part in parts)
            assert message["subject"] == "Dispatch: Spitzenlast Köln", message["subject"]
            assert max(len(line) for line in open(sys.argv[1], "rb").read().split(b"\\r\\n")) <= 78
            sys.stdout.write(parts[0].get_content())
            """
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["python3", "-c", script, scratch.file("one.eml")]
        process.standardOutput = output
        try process.run()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        return String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    }

    @Test func `a change and a cancellation come in the thread of their dispatch, and after it`() async throws {
        let sink = try MailSink(in: scratch)
        let server = try await serve(try scratch.carriers(sink.port), customers: 1)
        let incident = try await server.postIncident()
        let first = try #require(try await sink.mails(1).first?.header("Message-ID"))
        let change: JSON = ["start_time": "08/27/2099 21:30", "end_time": "08/27/2099 22:30"]
        #expect(try await server.send(.PATCH, "/incident/\(incident)", change).status == 200)
        _ = try await sink.mails(2)
        #expect(try await server.send(.DELETE, "/incident/\(incident)", [:]).status == 200)
        let mails = try await sink.mails(3)
        let later = mails.filter { $0.header("Message-ID") != first }
        #expect(later.count == 2 && later.allSatisfy { $0.header("References") == first })
        #expect(mails.contains { $0.text.contains("CANCELLED: ") })
        #expect(try await server.stop().status == 0)
    }

    @Test func `what is greylisted comes with the next attempt, once`() async throws {
        let sink = try MailSink(in: scratch, ["--then", "grey"])
        let server = try await serve(try scratch.carriers(sink.port), customers: 20)
        try await server.postIncident()
        try await isSettled("sent", 20)
        #expect(try sink.mails().count == 20)
        #expect(try count("SELECT count(*) FROM journal WHERE kind = 'send'") == 40)
        #expect(try await server.stop().status == 0)
    }

    @Test func `a server that shuts down in the middle of a message has not taken it`() async throws {
        let sink = try MailSink(in: scratch, ["--then", "shut"])
        let server = try await serve(try scratch.carriers(sink.port, "connections: 2"), customers: 20)
        try await server.postIncident()
        try await isSettled("sent", 20)
        #expect(try sink.mails().count == 20)
        let metrics = try RawConnection(port: server.port)
        #expect(try metrics.metric("griddrill_maybe_twice_total{channel=\"email\"}") == nil)
        #expect(try await server.stop().status == 0)
    }

    @Test func `a reply that never comes leaves it unknown, and the second attempt is counted as maybe twice`()
        async throws
    {
        let sink = try MailSink(in: scratch, ["--then", "mute"])
        let server = try await serve(try scratch.carriers(sink.port, "reply_within: 3s"), customers: 5)
        try await server.postIncident()
        try await isSettled("sent", 5)
        let mails = try sink.mails()
        #expect(mails.count == 6)
        // Whoever gets both can tell that they are one.
        #expect(Set(mails.compactMap { $0.header("Message-ID") }).count == 5)
        let metrics = try RawConnection(port: server.port)
        #expect(try metrics.metric("griddrill_maybe_twice_total{channel=\"email\"}") == 1)
        #expect(try metrics.metric("griddrill_attempt_outcomes_total{channel=\"email\",outcome=\"unknown\"}") == 1)
        #expect(try await server.stop().status == 0)
    }

    @Test func `a recipient whom the relay does not know has failed for good, in its words`() async throws {
        let sink = try MailSink(in: scratch, ["--then", "refuse"])
        let server = try await serve(try scratch.carriers(sink.port), customers: 3)
        try await server.postIncident()
        try await isSettled("failed", 3)
        #expect(
            try count("SELECT count(*) FROM dispatches WHERE failure LIKE '%said 550 5.1.1 nobody of that name'") == 3
        )
        #expect(try await server.stop().status == 0)
    }

    @Test func `over STARTTLS and with a password, of which nobody sees anything`() async throws {
        let files = try scratch.certificate(of: "localhost")
        let sink = try MailSink(
            in: scratch,
            ["--tls", files.certificate, files.key, "--user", "desk", Self.password]
        )
        let carriers = try scratch.carriers(
            sink.port,
            scheme: "smtp",
            host: "localhost",
            "user: desk",
            "password: ${env:SMTP_PASSWORD}",
            "ca: localhost.pem"
        )
        let environment = ["SMTP_PASSWORD": Self.password]
        let server = try await RunningServer(
            in: scratch,
            database: "d.sqlite",
            arguments: [
                "--carriers", carriers, "--roster", try scratch.mailRoster(3), "--log-level", "debug", "--log-format",
                "json",
            ],
            environment: environment
        )
        try await server.postIncident()
        let mails = try await sink.mails(3)
        #expect(mails.allSatisfy { $0.envelope["tls"]?.boolValue ?? false })
        #expect(mails.allSatisfy { $0.envelope["user"]?.stringValue == "desk" })
        try await isSettled("sent", 3)
        let raw = try RawConnection(port: server.port)
        var seen = try String(contentsOfFile: "/proc/\(server.processID)/cmdline", encoding: .utf8)
        for path in ["/metrics", "/ready", "/", "/audit", "/dispatch", "/openapi.json"] {
            seen += try raw.ask("GET", path)?.text ?? ""
        }
        let trial = try await sendDrill(by: carriers, environment)
        #expect(trial.status == 0 && trial.output.contains("C: AUTH PLAIN ***") && trial.output.hasSuffix("taken\n"))
        let outcome = try await server.stop()
        #expect(outcome.status == 0)
        seen += outcome.errors + outcome.output + trial.output + trial.errors
        let left = try scratch.contents().filter { !$0.key.hasPrefix("mails/") }
        for secret in [Self.password, Data("\0desk\0\(Self.password)".utf8).base64EncodedString()] {
            #expect(!seen.contains(secret))
            for (name, data) in left { #expect(data.range(of: Data(secret.utf8)) == nil, "\(name)") }
        }
    }

    @Test(arguments: ["stripped", "certificate", "password", "plain"])
    func `nothing is sent to a relay that cannot be trusted, and it is named as down`(_ fault: String) async throws {
        let files = try scratch.certificate(of: fault == "certificate" ? "other.example" : "localhost")
        var options = ["--tls", files.certificate, files.key, "--user", "desk", Self.password]
        if fault == "stripped" { options += ["--then", "strip"] }
        if fault == "plain" { options = [] }
        let sink = try MailSink(in: scratch, options)
        let carriers = try scratch.carriers(
            sink.port,
            scheme: "smtp",
            host: "localhost",
            "user: desk",
            "password: ${env:SMTP_PASSWORD}",
            "ca: \(files.certificate)"
        )
        let environment = ["SMTP_PASSWORD": fault == "password" ? "wrong" : Self.password]
        let server = try await serve(carriers, customers: 3, environment: environment)
        try await server.postIncident()
        let told =
            switch fault {
            case "certificate": "its certificate is"
            case "password": "refused the user or the password"
            default: "does not offer STARTTLS"
            }
        try await eventually("the carrier is down") {
            let ready = try await server.get("/ready")
            let down = ready.body["carriersDown"]?.arrayValue?.first
            return ready.status == 200 && down?["carrier"]?.stringValue == "email"
                && down?["reason"]?.stringValue?.contains(told) ?? false
        }
        try await eventually("all are put off") {
            try count("SELECT count(*) FROM dispatches WHERE failure LIKE '%\(told)%'") == 3
        }
        #expect(try sink.mails().isEmpty)
        #expect(try RawConnection(port: server.port).metric("griddrill_carrier_up{channel=\"email\"}") == 0)
        let trial = try await sendDrill(by: carriers, environment)
        #expect(trial.status == 1 && trial.errors.contains(told), "\(trial)")
        #expect(try await server.stop().status == 0)
    }

    @Test func `with implicit TLS`() async throws {
        let files = try scratch.certificate(of: "localhost")
        let sink = try MailSink(in: scratch, ["--tls", files.certificate, files.key, "--implicit"])
        let carriers = try scratch.carriers(
            sink.port,
            scheme: "smtps",
            host: "localhost",
            "ca: localhost.pem"
        )
        let server = try await serve(carriers, customers: 3)
        try await server.postIncident()
        #expect(try await sink.mails(3).allSatisfy { $0.envelope["tls"]?.boolValue ?? false })
        #expect(try await server.stop().status == 0)
    }

    @Test func `a relay that is away delays nobody for ever: when it is there again, all mails come`() async throws {
        let listener = try Listener()
        let port = listener.port
        _ = consume listener
        let server = try await serve(try scratch.carriers(port), customers: 50)
        try await server.postIncident()
        try await eventually("it is down") {
            try await server.get("/ready").body["carriersDown"]?.arrayValue?.count == 1
        }
        let sink = try MailSink(in: scratch, ["--port", "\(port)"])
        try await isSettled("sent", 50)
        #expect(try sink.mails().count == 50)
        #expect(try await server.get("/ready").body["carriersDown"] == nil)
        #expect(try await server.stop().status == 0)
    }

    @Test func `an address that is none is refused with a word, and the others get theirs`() async throws {
        let sink = try MailSink(in: scratch)
        let bad = [
            // A roster takes no control character, no direction mark and no text of 10,000 letters.
            ("<a@b.example>", "angle bracket"), (String(repeating: "a", count: 300) + "@b.example", "longer than 254"),
        ]
        var customers = ""
        for (index, address) in bad.enumerated() {
            customers += "  - {id: \(index + 1), name: Bad, program: 1, channels: [email], email: \"\(address.0)\"}\n"
        }
        customers += "  - {id: 9, name: Good, program: 1, channels: [email], email: good@mill.example}\n"
        try scratch.write("programs: [{id: 1, name: Peak}]\ncustomers:\n\(customers)", to: "roster.yaml")
        let server = try await RunningServer(
            in: scratch,
            database: "d.sqlite",
            arguments: ["--carriers", try scratch.carriers(sink.port), "--roster", scratch.file("roster.yaml")]
        )
        try await server.postIncident()
        #expect(try await sink.mails(1).map(\.recipient) == ["good@mill.example"])
        try await isSettled("sent", 1)
        try await isSettled("failed", bad.count)
        for (index, address) in bad.enumerated() {
            let query =
                "SELECT count(*) FROM dispatches WHERE customer = \(index + 1) AND failure LIKE '%\(address.1)%'"
            #expect(try count(query) == 1, "\(address.1)")
        }
        #expect(try sink.mails().count == 1)
        #expect(try await server.stop().status == 0)
    }
}
