import Logging
import NIOConcurrencyHelpers
import Testing

import DispatchServer

@Suite struct EscapingLogHandlerTests {
    /// Keeps what it is to write.
    private final class Lines: Sendable {
        let text = NIOLockedValueBox("")
        func write(_ string: String) { text.withLockedValue { $0 += string } }
    }

    private struct Writer: LogHandler {
        let lines: Lines
        var logLevel = Logger.Level.info
        var metadata: Logger.Metadata = [:]
        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }
        func log(event: LogEvent) {
            lines.write("\(event.message) \(metadata) \(event.metadata ?? [:])\n")
        }
    }

    @Test func `nothing that comes from outside begins a line or does anything to a terminal`() {
        let lines = Lines()
        var logger = Logger(label: "test") { _ in EscapingLogHandler(Writer(lines: lines)) }
        let wicked = "a\n2026 FAKE\r\u{1B}[2J\u{9B}31m\u{202E}\u{2028}\u{7F}ü"
        logger[metadataKey: "own"] = .string(wicked)
        logger.notice(
            "\(wicked)",
            metadata: ["one": "\(wicked)", "more": ["\(wicked)", ["in": .stringConvertible(wicked)]]]
        )
        let text = lines.text.withLockedValue { $0 }
        #expect(text.hasPrefix("a\\u{A}2026 FAKE\\u{D}\\u{1B}[2J\\u{9B}31m\\u{202E}\\u{2028}\\u{7F}ü "))
        #expect(text.ranges(of: "2026 FAKE").count == 5)
        #expect(!text.unicodeScalars.contains("\u{202E}") && !text.unicodeScalars.contains("\u{2028}"))
        #expect(text.unicodeScalars.filter { $0.properties.generalCategory == .control } == ["\n"])
    }
}
