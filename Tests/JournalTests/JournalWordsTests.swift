import Journal
import Testing

/// Files are read for years: what stands in them is never called otherwise.
@Suite struct JournalWordsTests {
    @Test func `kinds of rows keep their names`() {
        #expect(
            JournalKind.allCases.map(\.name) == [
                "started", "roster.replaced", "incident.requested", "incident.changed", "incident.cancelled",
                "incident.recalled", "session.connected", "session.joined", "session.closed", "acknowledged",
                "deliveries.reported",
                "deadline.reached", "purged", "incidents.archived", "access.denied", "token.created", "token.revoked",
                "clock.set",
                "roster.recorded",
                "incident.recorded", "dispatch.recorded", "delivery.recorded", "cancellation.recorded",
                "all.clear.recorded", "acknowledgement.recorded", "purge.recorded", "left.out.recorded", "send",
                "emit.dispatch", "emit.resync",
                "emit.acknowledgement", "emit.refused", "emit.incident", "room.observers", "room.entered", "room.left",
                "answer.incident", "answer.acknowledged", "answer.joined", "answer.done", "answer.refused", "refused",
            ]
        )
    }

    @Test func `states and methods keep their names`() {
        #expect(
            JournalState.allCases.map(\.name) == [
                "pending", "sending", "sent", "delivered", "deferred", "failed", "withdrawn", "unreachable", "dispatch",
                "cancellation", "all clear", "open", "cancelled", "recalled", "all", "dispatches", "in time", "late",
                "declined",
                "customer and observers", "customer", "observers", "session",
            ]
        )
        #expect(JournalMethod.allCases.map(\.name) == ["", "email", "text", "websocket", "voice", "webhook"])
    }

    @Test func `a word is found by its bytes, and nothing else is`() {
        for kind in JournalKind.allCases {
            #expect(JournalKind(bytes: UnsafeRawBufferPointer(kind.bytes)) == kind)
        }
        "roster.replace".utf8.withContiguousStorageIfAvailable {
            #expect(JournalKind(bytes: UnsafeRawBufferPointer($0)) == nil)
        }
    }
}
