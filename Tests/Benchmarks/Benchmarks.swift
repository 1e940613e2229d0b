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
        case stalled, soak, fuzz, limits, attack
    }

    @Argument(help: "What to measure: \(Section.allCases.map(\.rawValue).joined(separator: ", ")).")
    var sections: [Section] = [.start, .virtual, .record, .fanOut]

    @Option(help: "How often each figure is taken; the median is shown.")
    var times = 3

    @Option(help: "The customers of the virtual runs.", transform: Self.numbers)
    var customers = [1_000, 10_000, 100_000]

    @Option(
        help: "The clients; by default 1000 and 5000, with stalled ones 5000, in a soak 2000.",
        transform: Self.numbers
    )
    var clients: [Int] = []

    @Option(help: "A Python that has python-socketio and aiohttp: puts the fan-out's peer beside it.")
    var python: String?

    @Option(help: "How many of the clients stop reading.")
    var stalled = 200

    @Option(help: "How long the soak lasts, in minutes.")
    var minutes = 10.0

    @Option(help: "How often the soak's server is killed; without it, once a minute.")
    var kills: Int?

    @Option(help: "How long each attack lasts, in seconds.")
    var seconds = 5

    @Option(help: "How much each target of the fuzzer is given.")
    var inputs = 1_000_000

    @Option(help: "The seed of the soak and of the fuzzer.")
    var seed: UInt64 = 1

    func validate() throws {
        guard (1...100).contains(times) else { throw ValidationError("--times must be from 1 to 100") }
        guard (0.1...600).contains(minutes) else { throw ValidationError("--minutes must be from 0.1 to 600") }
        guard (0...1_000).contains(kills ?? 0) else { throw ValidationError("--kills must be from 0 to 1000") }
        guard (1...60).contains(seconds) else { throw ValidationError("--seconds must be from 1 to 60") }
        guard inputs > 0 else { throw ValidationError("--inputs must be above 0") }
        guard stalled > 0, clients.allSatisfy({ $0 > stalled }) || !sections.contains(.stalled) else {
            throw ValidationError("--stalled must be above 0 and below --clients")
        }
    }

    func run() async throws {
        let command = try Command.besideThisOne()
        let scratch = try Scratch()
        for section in sections {
            for table in try await measure(section, command, scratch) { table.print() }
        }
    }

    private func measure(_ section: Section, _ command: Command, _ scratch: Scratch) async throws -> [Table] {
        switch section {
        case .start: [try CommandStart(command: command, scratch: scratch, times: times).measure()]
        case .virtual:
            [try VirtualRuns(command: command, scratch: scratch, times: times, customers: customers).measure()]
        case .record: [try RecordRows(scratch: scratch, times: times).measure()]
        case .fanOut:
            [
                try await FanOut(
                    command: command,
                    scratch: scratch,
                    rounds: max(10, times),
                    clients: clients.isEmpty ? [1_000, 5_000] : clients,
                    python: python
                ).measure()
            ]
        case .stalled:
            [
                try await Stalled(
                    command: command,
                    scratch: scratch,
                    rounds: max(10, times),
                    clients: clients.first ?? 5_000,
                    stalled: stalled
                ).measure()
            ]
        case .soak:
            try await Soak(
                command: command,
                scratch: scratch,
                seconds: Int(minutes * 60),
                kills: kills ?? Int(minutes),
                clients: clients.first ?? 2_000,
                seed: seed
            ).measure()
        case .limits: try LimitAnswers.run()
        case .attack:
            [
                try await Attack(
                    command: command,
                    scratch: scratch,
                    seconds: seconds,
                    customers: clients.first ?? 200
                ).measure()
            ]
        case .fuzz: [try Fuzz(inputs: inputs, seed: seed).measure()]
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
