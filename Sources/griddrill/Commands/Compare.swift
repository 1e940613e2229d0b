internal import ArgumentParser
internal import Journal
internal import Reports

struct Compare: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Compare two runs, or two suites: decisions exactly, latencies statistically.",
        discussion: """
            A and B are records (record.sqlite), folders of one, or folders that hold several as NAME/record.sqlite. \
            Exit status: 0 nothing that --fail-on names, 1 a latency of B is worse, 3 decisions differ, 64 wrong usage, also for \
            a virtual run beside a live one, 70 a record could not be read.
            """
    )

    enum Finding: String, ExpressibleByArgument, CaseIterable {
        case decisions, worse, nothing
    }

    @Argument(help: "The earlier run or suite.")
    var a: String

    @Argument(help: "The later one.")
    var b: String

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
        guard tolerance >= 0, tolerance.isFinite else {
            throw ValidationError("--tolerance is a number of percent, 0 or more")
        }
    }

    func run() async throws {
        let comparison: SuiteComparison
        do {
            comparison = try await SuiteComparison(a, b, tolerance: tolerance / 100)
        } catch let error as StoreError {
            throw RunStatus.internalError.exitCode(saying: "\(error)")
        } catch {
            throw RunStatus.wrongUsage.exitCode(saying: "\(error)")
        }
        print(ComparisonReport(comparison, style: Terminal.standardOutput).text, terminator: "")
        var statuses: [RunStatus] = [.allHeld]
        if failOn != .nothing, comparison.decisionsDiffer { statuses.append(.decisionsDiffer) }
        if failOn == .worse, comparison.isWorse { statuses.append(.expectationFailed) }
        let status = RunStatus.combined(statuses)
        if status != .allHeld { throw status.exitCode }
    }
}
