import Base
import DemandResponse
import DispatchServer
import Foundation
import NIOConcurrencyHelpers
import NIOHTTP1
import SocketIO
import TestSupport
import Testing

/// What a server still does between being told to end and its end.
@Suite struct DrainTests {
    private let scratch: Scratch

    init() throws { scratch = try Scratch() }

    /// A carrier that says nothing before it is told to.
    private final class SlowCarrier: OutgoingChannel {
        private let waiting = NIOLockedValueBox<[@Sendable (DeliveryReport.Outcome) -> Void]>([])

        var count: Int { waiting.withLockedValue { $0.count } }

        func send(_ outgoing: Outgoing, report: @escaping @Sendable (DeliveryReport.Outcome) -> Void) {
            waiting.withLockedValue { $0.append(report) }
        }

        func sendAll() {
            let reports = waiting.withLockedValue { waiting in
                defer { waiting = [] }
                return waiting
            }
            for report in reports { report(.sent) }
        }
    }

    @Test func `nothing new is taken, and what is on its way arrives and is kept`() async throws {
        let carrier = SlowCarrier()
        try await TestServer.serving(scratch.file("d.sqlite"), channels: [.email: carrier]) { server in
            #expect(try await server.post(incident()).status == 200)
            while carrier.count < 2 { await Task.yield() }
            let drained = NIOLockedValueBox(false)
            let drain = Task {
                await server.server.drain(within: .seconds(60))
                drained.withLockedValue { $0 = true }
            }
            while try await server.get("/ready").status == 200 {}
            let ready = try await server.get("/ready")
            #expect(ready.status == 503)
            #expect(ready.body["error"]?["details"]?.arrayValue?.first?["message"] == "it is shutting down")
            let refused = try await server.post(incident())
            #expect(refused.status == 503)
            #expect(refused.errorCode == "shutting-down")
            #expect(refused.headers["Retry-After"] == ["1"])
            #expect(try await server.get("/customer/1").status == 200)
            #expect(!drained.withLockedValue { $0 })

            carrier.sendAll()
            await drain.value
            let dispatches = try await server.get("/dispatch/customer/1").body.arrayValue ?? []
            let email = dispatches.first { $0["dispatchMeans"] == "email" }
            #expect(email?["hasBeenSent"] == true)
            #expect(try await server.get("/socket.io/?EIO=4&transport=polling").status == 503, "no new sessions")
        }
    }

    @Test func `a carrier that never says anything is waited for no longer than it may be`() async throws {
        let carrier = SlowCarrier()
        try await TestServer.serving(scratch.file("d.sqlite"), channels: [.email: carrier]) { server in
            let answer = try await server.post(incident())
            #expect(answer.status == 200)
            while carrier.count < 2 { await Task.yield() }
            await server.server.drain(within: .milliseconds(100))
        }
    }
}
