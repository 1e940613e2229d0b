internal import Foundation
internal import Reports

/// What a suite says on the terminal.
struct SuiteConsole: Sendable {
    let progress: SuiteProgress
    /// Only what went wrong is told.
    let isQuiet: Bool

    func tell(_ entry: SuiteSummary.Entry, isSuite: Bool) {
        progress.hide()
        switch entry {
        case .run(let summary):
            let report = RunReport(summary, style: Terminal.standardOutput)
            if !isQuiet {
                print(report.text)
                // Whoever follows a log reads it at once.
                fflush(nil)
            } else if summary.status != .allHeld {
                StandardError.write(report.failures)
            }
        case .broken(let run) where run.status == .invalidScenario:
            StandardError.write(run.message + (isSuite ? "\n\n" : "\n"))
        case .broken(let run):
            StandardError.write("griddrill: \(run.path): the run was broken off: \(run.message)\n")
        }
    }

    func tell(_ suite: SuiteSummary) {
        progress.hide()
        guard !isQuiet else { return }
        if let shard = suite.shard, suite.entries.isEmpty {
            print("Shard \(shard.label) of the suite has no scenario in it: there are more shards than scenarios.")
        }
        guard suite.entries.count > 1 else { return }
        print(SuiteReport(suite, style: Terminal.standardOutput).text, terminator: "")
        fflush(nil)
    }
}
