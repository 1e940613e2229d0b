import Base
import DemandResponse
import Foundation
import Scenarios
import Testing

@Suite("Files on disk")
struct DiskTests {
    private static func withDirectory(_ body: (String) throws -> Void) throws {
        let directory = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString).path
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: directory) }
        try body(directory)
    }

    private static func read(_ data: Data) throws -> Reading<Scenario> {
        var reading: Reading<Scenario>?
        try withDirectory { directory in
            try data.write(to: URL(fileURLWithPath: directory + "/x.yaml"))
            reading = ScenarioReader.read(path: directory + "/x.yaml")
        }
        return try #require(reading)
    }

    @Test("a file is read, with or without a byte order mark")
    func file() throws {
        #expect(try Self.read(Data(Sample.text.utf8)).value?.name == "Sample")
        #expect(try Self.read(Data([0xEF, 0xBB, 0xBF] + Array(Sample.text.utf8))).value?.name == "Sample")
        let windows = Sample.text.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\r\n")
        #expect(try Self.read(Data(windows.utf8)).value?.expectations.last?.location.line == 32)
    }

    @Test("what cannot be read is said with the reason")
    func unreadable() throws {
        try Self.withDirectory { directory in
            let missing = ScenarioReader.read(path: directory + "/none.yaml")
            #expect(missing.rendered == "\(directory)/none.yaml:1:1: error: there is no such file")
            #expect(ScenarioReader.read(path: directory).diagnostics.first?.message == "is a directory, not a file")
        }
        let latin = try Self.read(Data("name: x\n# caf".utf8 + [0xE9, 0x0A]))
        #expect(latin.diagnostics.first?.message == "the file is not UTF-8")
        #expect(latin.diagnostics.first?.location == SourceLocation(line: 2, column: 6))
        let wide = try Self.read(Data([0xFF, 0xFE, 0x6E, 0x00]))
        #expect(wide.diagnostics.first?.suggestion == "it looks like UTF-16: save it as UTF-8")
    }

    @Test("a file of more than 64 MiB is refused without being composed")
    func huge() throws {
        let reading = try Self.read(Data(repeating: UInt8(ascii: "#"), count: 64 * 1024 * 1024 + 1))
        #expect(reading.diagnostics.map(\.message) == ["the file is larger than 64 MiB"])
    }

    private static func measurements(_ csv: String?) throws -> Reading<Scenario> {
        var reading: Reading<Scenario>?
        try withDirectory { directory in
            if let csv { try csv.write(toFile: directory + "/m.csv", atomically: true, encoding: .utf8) }
            let text = Sample.text("delay: 40ms", "delay: empirical(m.csv)")
            try text.write(toFile: directory + "/x.yaml", atomically: true, encoding: .utf8)
            reading = ScenarioReader.read(path: directory + "/x.yaml")
        }
        return try #require(reading)
    }

    @Test("measurements are durations or seconds, a line each, beside the scenario")
    func empirical() throws {
        let reading = try Self.measurements("latency\n40ms\n1.5\n\n2\n0.0123456789\n")
        #expect(
            reading.value?.clients[0].link?.delay
                == .empirical([.milliseconds(40), .milliseconds(1_500), .seconds(2), .microseconds(12_345)])
        )
    }

    @Test("a mistake in measurements is told at the scenario's place with the line of the file")
    func empiricalMistakes() throws {
        let reading = try Self.measurements("40ms\nsoon\n-1\n")
        #expect(reading.diagnostics.map(\.location) == Array(repeating: .init(line: 17, column: 29), count: 2))
        #expect(
            reading.diagnostics.map(\.message) == [
                "m.csv line 2: 'soon' is neither a duration nor a number of seconds",
                "m.csv line 3: '-1' is neither a duration nor a number of seconds",
            ]
        )
        for first in ["-5", ".5", "+1,5"] {
            let found = try Self.measurements("\(first)\n1\n").diagnostics.map(\.message)
            #expect(found == ["m.csv line 1: '\(first)' is neither a duration nor a number of seconds"])
        }
        #expect(
            try Self.measurements("heading\r40ms\rsoon\r").diagnostics.first?.message.hasPrefix("m.csv line 3") ?? false
        )
        #expect(try Self.measurements("heading\n").diagnostics.first?.message == "m.csv holds no measurements")
        #expect(try Self.measurements(nil).diagnostics.first?.message == "m.csv: there is no such file")
    }
}
