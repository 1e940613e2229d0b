import Base
import Foundation
import SocketIO
import TestSupport
import Testing

/// What one client can make a server do by saying whose it is, again and again.
@Suite struct HandshakeFloodTests {
    private let scratch: Scratch

    init() throws { scratch = try Scratch() }

    private static let joins = "griddrill_inputs_total{kind=\"session_joined\"}"

    private func serve(incidents: Int, _ arguments: String...) async throws -> RunningServer {
        let server = try await RunningServer(in: scratch, database: "d.sqlite", arguments: arguments)
        for _ in 0..<incidents { try await server.postIncident() }
        return server
    }

    @Test func `the same handshake again is answered, and costs neither a resync nor a row`() async throws {
        let server = try await serve(incidents: 5)
        let client = try RawConnection.joined(port: server.port)
        for number in 0..<500 { client.emit("handshake", 1, id: number) }
        var answers: [String] = []
        var dispatches = 0
        while answers.count < 500, let text = try client.receiveText() {
            if text.hasPrefix("43") { answers.append(String(text.drop { $0 != "[" })) } else { dispatches += 1 }
        }
        #expect(Set(answers).count == 1)
        #expect(answers.first?.contains("\"success\":true") ?? false)
        #expect(answers.first?.contains("\"openDispatches\":\(dispatches)") ?? false)
        #expect(dispatches >= 5)
        #expect(try RawConnection(port: server.port).metric(Self.joins) == 1)
        #expect(try await server.stop().status == 0)
    }

    @Test func `to be one customer and then another has a rate, by what it brings with it`() async throws {
        let server = try await serve(incidents: 10, "--max-event-rate", "10")
        let client = try RawConnection.joined(port: server.port)
        // Within the rate of events, which is 100 at once.
        for number in 0..<90 { client.emit("handshake", .integer(Int64(1 + number % 2)), id: number) }
        var refused = 0
        var answered = 0
        while answered < 90, let text = try client.receiveText(beginning: "43") {
            answered += 1
            if text.contains("joined too often") { refused += 1 }
        }
        #expect(answered == 90)
        #expect(refused >= 20)
        // It may still say what it has to say.
        client.emit("acknowledge", ["_id": "none"], id: 500)
        #expect(try client.receiveText(beginning: "43500")?.contains("must be the id of a dispatch") ?? false)
        #expect(try await server.stop().status == 0)
    }
}
