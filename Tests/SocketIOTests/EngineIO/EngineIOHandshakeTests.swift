import Base
import NIOCore
import Testing

@testable import SocketIO

@Suite struct EngineIOHandshakeTests {
    private let handshake = EngineIOHandshake(
        sessionID: "lv_VI97HAXpY6yYWAAAC",
        upgrades: ["websocket"],
        pingInterval: .milliseconds(25000),
        pingTimeout: .milliseconds(20000),
        maximumPayloadBytes: 1_000_000
    )
    /// The protocol's own example ("Handshake").
    private let text =
        #"{"sid":"lv_VI97HAXpY6yYWAAAC","upgrades":["websocket"],"pingInterval":25000,"pingTimeout":20000,"maxPayload":1000000}"#

    @Test("it is written and read as the protocol's example shows it") func example() throws {
        #expect(EncodedPacket(handshake).text == "0" + text)
        #expect(EngineIOHandshake(try JSON(parsing: text)) == handshake)
    }

    @Test(
        "what is missing or wrong makes it none",
        arguments: [
            "{}", "[]", #"{"sid":1,"pingInterval":1,"pingTimeout":1}"#, #"{"sid":"a","pingTimeout":1}"#,
            #"{"sid":"a","pingInterval":0,"pingTimeout":1}"#, #"{"sid":"a","pingInterval":1,"pingTimeout":-1}"#,
            #"{"sid":"a","pingInterval":"1","pingTimeout":1}"#,
        ]
    )
    func malformed(text: String) throws {
        #expect(EngineIOHandshake(try JSON(parsing: text)) == nil)
    }

    @Test("durations beyond a day are cut") func long() throws {
        let json = try JSON(parsing: #"{"sid":"a","pingInterval":9223372036854775807,"pingTimeout":1}"#)
        #expect(EngineIOHandshake(json)?.pingInterval == .hours(24))
    }
}
