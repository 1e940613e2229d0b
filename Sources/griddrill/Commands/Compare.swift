internal import ArgumentParser
internal import Journal
internal import Reports

struct Compare: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Compare runs, or suites, of two sides: decisions exactly, latencies statistically.",
        discussion: """
            Each path is a record (record.sqlite), a folder of one, or a folder that holds several as NAME/record.sqlite. Name one of \
            each side, as "compare before after", or several, as "compare a1 a2 a3 a4 --against b1 b2 b3 b4": how much two runs of one \
            build differ is only known from several. Exit status: 0 nothing that --fail-on names, 1 a latency of B is worse, \
            3 decisions differ, 64 wrong usage, also for a virtual run beside a live one, 70 a record could not be read.
            """
    )

    enum Finding: String, ExpressibleByArgument, CaseIterable {
        case decisions, worse, nothing
    }

    @Argument(help: "The earlier run or suite and the later one; with --against, all of the earlier ones.")
    var paths: [String]

    @Option(parsing: .upToNextOption, help: "The later ones.")
    var against: [String] = []

    @Flag(help: "Print the comparison as JSON.")
    var json = false

    @Option(
        name: .customLong("fail-on"),
        help: ArgumentHelp(
            """
            What is a failure: decisions (that differ), worse (also a latency that is worse), or nothing.
            """,
            valueName: "finding"
        )
    )
    var failOn = Finding.decisions

    @Option(help: "How many percent of A's value a latency may change by and be as good as the same.")
    var tolerance = 5.0

    func validate() throws {
        guard against.isEmpty ? paths.count == 2 : !paths.isEmpty else {
            throw ValidationError("name two paths to compare, or some and --against others")
        }
        guard tolerance >= 0, tolerance.isFinite else {
            throw ValidationError("--tolerance is a number of percent, 0 or more")
        }
    }

    func run() async throws {
        let comparison: SuiteComparison
        do {
            let (a, b) = against.isEmpty ? ([paths[0]], [paths[1]]) : (paths, against)
            comparison = try await SuiteComparison(a, b, tolerance: tolerance / 100)
        } catch let error as StoreError {
            throw RunStatus.internalError.exitCode(saying: "\(error)")
        } catch {
            throw RunStatus.wrongUsage.exitCode(saying: "\(error)")
        }
        print(
            json
                ? ComparisonDocument(comparison).text
                : ComparisonReport(comparison, style: Terminal.standardOutput).text,
            terminator: ""
        )
        var statuses: [RunStatus] = [.allHeld]
        if failOn != .nothing, comparison.decisionsDiffer { statuses.append(.decisionsDiffer) }
        if failOn == .worse, comparison.isWorse { statuses.append(.expectationFailed) }
        let status = RunStatus.combined(statuses)
        if status != .allHeld { throw status.exitCode }
    }
}
