import Base
import Foundation
import NIOCore
import SocketIO
import TestSupport
import Testing

/// What went wrong at the sessions of the first version of this system, against the running command.
@Suite struct FirstVersionFaultTests {
    private let scratch: Scratch

    init() throws { scratch = try Scratch() }

    private func join(_ customer: Int, port: Int) throws -> RawConnection {
        let connection = try RawConnection.joined(port: port)
        connection.send(Frame.text("421[\"handshake\",\(customer)]").bytes)
        #expect(try connection.receiveText()?.hasPrefix("431[{\"success\":true") ?? false)
        return connection
    }

    /// The ids of the incidents of the next dispatches that a session gets.
    private func incidents(of count: Int, on connection: RawConnection) throws -> [String?] {
        try (0..<count).map { _ in
            let text = try connection.receiveText() ?? "closed"
            #expect(text.hasPrefix("42[\"new-dispatch\","))
            return Self.arguments(text).first?["incidentId"]?.stringValue
        }
    }

    private static func arguments(_ text: String) -> [JSON] {
        guard let json = try? JSON(parsing: ByteBuffer(string: String(text.dropFirst(2)))) else { return [] }
        return Array(json.arrayValue?.dropFirst() ?? [])
    }

    @Test func `the session that connected last hears of a dispatch like all others, and each of it once`() async throws
    {
        let server = try await RunningServer(in: scratch, database: "d.sqlite")
        let sessions = try [1, 2, 1].map { try join($0, port: server.port) }
        let observer = try RawConnection.joined(port: server.port)
        let first = try await server.postIncident()
        let second = try await server.postIncident()
        for session in sessions {
            #expect(try incidents(of: 6, on: session) == [first, first, first, second, second, second])
        }
        let ofBothCustomers = Array(repeating: first, count: 6) + Array(repeating: second, count: 6)
        #expect(try incidents(of: 12, on: observer) == ofBothCustomers)
        #expect(try await server.stop().status == 0)
    }

    @Test func `an acknowledgement counts once, and goes to its customer's sessions and the observers`() async throws {
        let server = try await RunningServer(in: scratch, database: "d.sqlite")
        let sender = try join(1, port: server.port)
        let colleague = try join(1, port: server.port)
        let stranger = try join(2, port: server.port)
        let incident = try await server.postIncident()
        let told = Self.arguments(try sender.receiveText() ?? "")
        let id = told.first?["_id"]?.stringValue ?? ""
        for _ in 0..<2 { _ = try sender.receiveText() }
        for session in [colleague, stranger] { _ = try incidents(of: 3, on: session) }

        func acknowledge(by name: String) {
            let body = "{\"_id\":\"\(id)\",\"ackBy\":\"\(name)\",\"ackTime\":\"noon\"}"
            sender.send(Frame.text("42[\"acknowledge\",\(body)]").bytes)
        }
        acknowledge(by: "first")
        for session in [sender, colleague] {
            for _ in 0..<3 {
                let text = try session.receiveText() ?? "closed"
                #expect(text.hasPrefix("42[\"acknowledge-update\","))
                let update = Self.arguments(text).first
                #expect(update?["ackBy"] == "first")
                #expect(update?["ackTime"] == "noon")
                #expect(update?["success"] == true)
            }
        }
        acknowledge(by: "second")
        #expect(Self.arguments(try sender.receiveText() ?? "").first?["ackBy"] == "first")

        // Another customer's dispatch is not one's own to answer.
        stranger.send(Frame.text("42[\"acknowledge\",{\"_id\":\"\(id)\",\"ackBy\":\"stranger\"}]").bytes)
        let refusal = Self.arguments(try stranger.receiveText() ?? "").first
        #expect(refusal?["success"] == false)
        #expect(refusal?["reason"]?.stringValue?.isEmpty == false)

        let rows = try await server.get("/dispatch/customer/1/true").body.arrayValue ?? []
        #expect(rows.map { $0["acknowledgebBy"] } == ["first", "first", "first"])
        #expect(rows.map { $0["acknowledgeOn"] } == ["noon", "noon", "noon"])
        #expect(rows.allSatisfy { $0["incidentId"]?.stringValue == incident })
        #expect(rows.first?.objectValue?.members.suffix(2).map(\.key) == ["acknowledgeOn", "acknowledgebBy"])
        #expect(try await server.get("/dispatch/customer/2/true").body == [])
        #expect(try await server.stop().status == 0)
    }

    @Test func `a handshake brings what is still open, of that customer alone`() async throws {
        let server = try await RunningServer(in: scratch, database: "d.sqlite")
        let incident = try await server.postIncident()
        let connection = try RawConnection.joined(port: server.port)
        connection.send(Frame.text("421[\"handshake\",\"2\"]").bytes)
        var texts: [String] = []
        for _ in 0..<4 { texts.append(try connection.receiveText() ?? "closed") }
        #expect(texts.contains { $0.hasPrefix("431[") && $0.contains("\"openDispatches\":3") })
        let told = texts.filter { $0.hasPrefix("42[\"new-dispatch\",") }.compactMap { Self.arguments($0).first }
        #expect(told.count == 3)
        #expect(told.allSatisfy { $0["customerId"] == 2 && $0["incidentId"]?.stringValue == incident })
        #expect(try await server.stop().status == 0)
    }
}
