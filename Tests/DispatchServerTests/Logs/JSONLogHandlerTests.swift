import Base
import DispatchServer
import Logging
import NIOCore
import NIOConcurrencyHelpers
import SocketIO
import Testing

@Suite struct JSONLogHandlerTests {
    @Test func `a message is one line of JSON with what is known of it`() throws {
        let lines = NIOLockedValueBox<[String]>([])
        var logger = Logger(label: "test") { _ in JSONLogHandler { line in lines.withLockedValue { $0.append(line) } } }
        logger[metadataKey: "part"] = "engine"
        logger.notice("two\nlines \"quoted\"", metadata: ["customer": "\(7)", "list": ["a", "b"], "part": "rules"])
        logger.debug("not at this level")

        let all = lines.withLockedValue { $0 }
        #expect(all.count == 1)
        let line = try #require(all.first)
        #expect(line.filter { $0 == "\n" }.count == 1)
        let json = try JSON(parsing: ByteBuffer(string: line))
        #expect(json.objectValue?.members.map(\.key) == ["time", "level", "message", "metadata"])
        #expect(json["level"] == "notice")
        #expect(json["message"] == "two\nlines \"quoted\"")
        #expect(json["metadata"] == ["customer": "7", "list": ["a", "b"], "part": "rules"])
        #expect(json["time"]?.stringValue?.hasSuffix("Z") ?? false)
    }
}
