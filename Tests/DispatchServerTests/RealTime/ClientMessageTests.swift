import Base
import DemandResponse
import SocketIO
import Testing

@testable import DispatchServer

@Suite("What a client says") struct ClientMessageTests {
    private static let dispatch = "7c9e6679-7425-40de-944b-e07fc1f90ae7"

    private func acknowledgement(_ changes: [(String, JSON)]) -> ClientMessage {
        var body: JSONObject = ["_id": .string(Self.dispatch), "ackBy": "Ann", "ackTime": "12:00"]
        for (field, value) in changes { body[field] = value }
        return ClientMessage(SocketIOEvent(name: "acknowledge", arguments: [.object(body)]))
    }

    @Test(arguments: [.integer(7), .number(7.0), "7", "7.0", .number(7e0)] as [JSON])
    func `names a customer by a whole number, however written`(id: JSON) {
        guard case .handshake(7) = ClientMessage(SocketIOEvent(name: "handshake", arguments: [id])) else {
            Issue.record("not read")
            return
        }
    }

    @Test(arguments: [.number(7.5), "seven", "0x7", "", "inf", nil] as [JSON])
    func `names no customer by anything else`(id: JSON) {
        guard case .malformed = ClientMessage(SocketIOEvent(name: "handshake", arguments: [id])) else {
            Issue.record("read")
            return
        }
    }

    @Test func `has whole numbers as doubles, and any number for a time`() {
        let said = acknowledgement([("modificationNumber", .number(0.0)), ("ackTime", .number(1795647.25))])
        guard case .acknowledge(let request) = said else {
            Issue.record("not read: \(said)")
            return
        }
        #expect(request.modification == 0)
        #expect(request.statedTime == "1795647.25")
    }

    @Test(
        arguments: [
            ("ackBy", "a\u{1B}[2J"), ("ackBy", "a\u{202E}b"), ("ackTime", "12:00\0"),
            ("ackBy", .string(String(repeating: "x", count: 1_001))), ("modificationNumber", .number(0.5)),
            ("modificationNumber", .number(-1.0)),
        ] as [(String, JSON)]
    )
    func `is refused by the rules for texts and numbers, by the field's name`(field: String, value: JSON) {
        guard case .malformed(let reason) = acknowledgement([(field, value)]) else {
            Issue.record("read")
            return
        }
        #expect(reason.hasPrefix("\(field) must"))
    }
}
