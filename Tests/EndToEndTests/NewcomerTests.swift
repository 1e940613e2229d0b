import Base
import NIOCore
import SocketIO
import TestSupport
import Testing

/// A session that has just connected observes until it says whose it is: what it hears in that moment.
@Suite struct NewcomerTests {
    private let scratch: Scratch

    init() throws { scratch = try Scratch() }

    @Test func `whoever says at once whose it is hears of its own dispatches only, each once`() async throws {
        let server = try await RunningServer(in: scratch, database: "d.sqlite")
        var isTimely = false
        // A machine that is busy may take longer than the moment is: then there is nothing to be seen.
        for _ in 0..<10 where !isTimely {
            let began = ContinuousClock.now
            let session = try RawConnection.joined(port: server.port)
            let incident = try await server.postIncident()
            session.emit("handshake", 1, id: 0)
            guard ContinuousClock.now - began < .milliseconds(700) else { continue }
            isTimely = true
            var customers: [JSON?] = []
            while let text = try session.receiveText(), !text.hasPrefix("430") {
                guard text.contains(incident) else { continue }
                customers.append(
                    try JSON(parsing: .init(string: String(text.dropFirst(2)))).arrayValue?.last?["customerId"]
                )
            }
            #expect(customers == [1, 1, 1])
        }
        #expect(isTimely)
        #expect(try await server.stop().status == 0)
    }

    @Test func `whoever goes on observing gets what it missed, in order, and then everything at once`() async throws {
        let server = try await RunningServer(in: scratch, database: "d.sqlite")
        let observer = try RawConnection.joined(port: server.port)
        let incidents = [try await server.postIncident(), try await server.postIncident()]
        var heard: [JSON?] = []
        for _ in 0..<12 { heard.append(try observer.receiveEvent("new-dispatch")?["incidentId"]) }
        #expect(heard == incidents.flatMap { Array(repeating: JSON.string($0), count: 6) })
        let third = try await server.postIncident()
        #expect(try observer.receiveEvent("new-dispatch")?["incidentId"] == .string(third))
        #expect(try await server.stop().status == 0)
    }
}
