internal import AsyncHTTPClient
internal import Foundation
internal import NIOPosix
internal import TestSupport

/// What one client can make others pay: an honest one acknowledges again and again while another does what it can for some seconds.
///
/// Each attack has a server of its own. `ratio` is the honest client's 99th percentile during the attack to that before it: 2 is the
/// most that is meant to be. Both ends share the machine, so that an attack's own work is in it, too.
struct Attack {
    let command: Command
    let scratch: Scratch
    let seconds: Int
    /// Of the roster; as many dispatches has each incident.
    let customers: Int
    private let incidents = 50

    init(command: Command, scratch: Scratch, seconds: Int, customers: Int) {
        self.command = command
        self.scratch = scratch
        self.seconds = seconds
        self.customers = customers
    }

    func measure() async throws -> Table {
        var table = Table(
            "Attacks of \(seconds) s; \(incidents) open incidents for \(customers) customers",
            [
                "attack", "times", "quiet p99 ms", "p99 ms", "ratio", "before MB", "peak MB", "rows", "database KB",
                "log KB",
            ]
        )
        for kind in AttackKind.allCases { table.add(try await measure(kind)) }
        return table
    }

    private func measure(_ kind: AttackKind) async throws -> [String] {
        let path = scratch.file("attack-\(kind).sqlite")
        let log = scratch.file("attack-\(kind).log")
        let keys = kind == .refusals ? try Keyring(customers: customers, database: path) : nil
        let arguments = ["serve", "--port", "0", "--database", path, "--roster", try scratch.roster(of: customers)]
        let server = try ServerProcess(command, arguments + (keys == nil ? [] : ["--authenticate"]), log: log)
        defer { server.end() }
        let http = HTTPClient(eventLoopGroupProvider: .singleton)
        let desk = Desk(http: http, port: server.port, token: keys?.operator)
        for _ in 0..<incidents { try await desk.openIncident() }
        try await http.shutdown()

        let port = server.port
        let token = keys?.token(ofCustomer: customers)
        let honest = customers
        let half = Double(seconds) / 2
        let quiet = try await onThread {
            try HonestClient(port: port, customer: honest, token: token).measure(until: .now + .seconds(half))
        }
        let rows = try Self.rows(path)
        let bytes = Self.bytes(path)
        let before = server.residentBytes
        let end = ContinuousClock.now + .seconds(seconds)
        async let measured = onThread {
            try HonestClient(port: port, customer: honest, token: token).measure(until: end)
        }
        async let peak = onThread {
            var peak = 0
            while ContinuousClock.now < end {
                peak = max(peak, server.residentBytes)
                ContinuousClock().pause(until: .now + .milliseconds(20))
            }
            return peak
        }
        let times = try await withThrowingTaskGroup(of: Int.self) { group in
            for thread in 0..<kind.threads {
                group.addTask { try await onThread { try kind.run(port: port, thread: thread, until: end) } }
            }
            return try await group.reduce(0, +)
        }
        let during = try await measured
        let own = (try await measured).count * 2
        return [
            kind.rawValue, "\(times)", quiet.percentile99.text(1), during.percentile99.text(1),
            (during.percentile99 / quiet.percentile99).text(1), Self.megabytes(before), Self.megabytes(try await peak),
            // Beside those of the honest client's own acknowledgements: the input, and what it is told.
            "\(try Self.rows(path) - rows - own)", "\((Self.bytes(path) - bytes) / 1_000)", "\(Self.size(log) / 1_000)",
        ]
    }

    private static func rows(_ path: String) throws -> Int {
        Int(try TestSupport.RecordRows.read(["SELECT count(*) FROM journal"], from: path).first ?? "") ?? 0
    }

    private static func bytes(_ path: String) -> Int { size(path) + size(path + "-wal") }

    private static func size(_ path: String) -> Int {
        (try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int) ?? 0
    }

    private static func megabytes(_ bytes: Int) -> String { (Double(bytes) / 1_000_000).text(0) }
}

/// Acknowledges the same dispatch every few milliseconds, and waits for the answer each time.
struct HonestClient {
    private let socket: AttackSocket
    private let dispatch: String

    /// - Parameter token: `nil`: none is asked for.
    init(port: Int, customer: Int, token: String?) throws {
        socket = try AttackSocket.session(port: port)
        _ = socket.send(AttackSocket.frame(token.map { "40{\"token\":\"\($0)\"}" } ?? "40"))
        _ = socket.send(AttackSocket.frame("42[\"handshake\",\(customer)]"))
        guard let news = socket.receiveText(beginning: "42[\"new-dispatch\""),
            let id = news.firstMatch(of: /"_id":"([0-9a-f-]{36})"/)
        else { throw BenchmarkError("the honest client is told of no dispatch") }
        dispatch = String(id.1)
    }

    /// In milliseconds.
    func measure(until end: ContinuousClock.Instant) throws -> [Double] {
        var milliseconds: [Double] = []
        while ContinuousClock.now < end {
            let began = ContinuousClock.now
            let number = milliseconds.count + 1
            let body = "{\"_id\":\"\(dispatch)\",\"ackBy\":\"honest\",\"ackTime\":\"now\"}"
            guard socket.send(AttackSocket.frame("42\(number)[\"acknowledge\",\(body)]")),
                socket.receiveText(beginning: "43\(number)[")?.contains("true") ?? false
            else { throw BenchmarkError("the honest client was not heard") }
            milliseconds.append((ContinuousClock.now - began) / .milliseconds(1))
            ContinuousClock().pause(until: .now + .milliseconds(10))
        }
        return milliseconds
    }
}

/// Runs what waits on a thread of its own.
private func onThread<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
        Thread.detachNewThread { continuation.resume(with: Result { try body() }) }
    }
}

extension ContinuousClock {
    /// Keeps the thread waiting.
    func pause(until instant: Instant) {
        let seconds = (instant - now) / .seconds(1)
        if seconds > 0 { Thread.sleep(forTimeInterval: seconds) }
    }
}

extension [Double] {
    var percentile99: Double {
        let ordered = sorted()
        return ordered.isEmpty ? .nan : ordered[Swift.min(ordered.count - 1, ordered.count * 99 / 100)]
    }
}
