internal import ArgumentParser
internal import Foundation
internal import TestSupport

/// Measures the built command and its parts, and prints a table for each. It asserts nothing: a machine is noisy, and a
/// figure means something only beside another one of the same run.
@main
struct Benchmarks: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "Benchmarks",
        abstract: "Measure GridDrill; build it in release first.",
        discussion: "swift build -c release && .build/release/Benchmarks"
    )

    enum Section: String, ExpressibleByArgument, CaseIterable {
        case start, virtual, record
        case fanOut = "fan-out"
    }

    @Argument(help: "What to measure: \(Section.allCases.map(\.rawValue).joined(separator: ", ")).")
    var sections: [Section] = Section.allCases

    @Option(help: "How often each figure is taken; the median is shown.")
    var times = 3

    @Option(help: "The customers of the virtual runs.", transform: Self.numbers)
    var customers = [1_000, 10_000, 100_000]

    @Option(help: "The clients of the fan-out.", transform: Self.numbers)
    var clients = [1_000, 5_000]

    @Option(help: "A Python that has python-socketio and aiohttp: puts the fan-out's peer beside it.")
    var python: String?

    func validate() throws {
        guard (1...100).contains(times) else { throw ValidationError("--times must be from 1 to 100") }
    }

    func run() async throws {
        let command = try Command.besideThisOne()
        let scratch = try Scratch()
        for section in sections {
            switch section {
            case .start: try CommandStart(command: command, scratch: scratch, times: times).measure().print()
            case .virtual:
                try VirtualRuns(command: command, scratch: scratch, times: times, customers: customers)
                    .measure().print()
            case .record: try RecordRows(scratch: scratch, times: times).measure().print()
            case .fanOut:
                try await FanOut(
                    command: command,
                    scratch: scratch,
                    rounds: max(10, times),
                    clients: clients,
                    python: python
                ).measure().print()
            }
        }
    }

    private static func numbers(_ text: String) throws -> [Int] {
        try text.split(separator: ",").map { word in
            guard let number = Int(word), (1...1_000_000).contains(number) else {
                throw ValidationError("\(word) is not a number from 1 to 1000000")
            }
            return number
        }
    }
}

/// What keeps a measurement from being taken.
struct BenchmarkError: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
