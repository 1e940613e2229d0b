internal import Foundation
internal import Reports

/// What a suite says on the terminal.
struct SuiteConsole: Sendable {
    let progress: SuiteProgress
    /// How much is told.
    let loudness: Loudness

    enum Loudness: Sendable {
        /// Only what went wrong.
        case quiet
        /// Of a suite, a line for what passed and the whole of what did not.
        case normal
        /// The whole of everything.
        case verbose
    }

    func tell(_ entry: SuiteSummary.Entry, isSuite: Bool) {
        progress.hide()
        switch entry {
        case .run(let summary):
            switch loudness {
            case .quiet where summary.status == .allHeld: break
            case .quiet: StandardError.write(RunReport(summary, style: Terminal.standardOutput).failures)
            case .normal where isSuite && summary.status == .allHeld:
                print(SuiteLine(entry, style: Terminal.standardOutput).text)
            case .normal, .verbose:
                print((isSuite ? "\n" : "") + RunReport(summary, style: Terminal.standardOutput).text)
            }
            // Whoever follows a log reads it at once.
            fflush(nil)
        case .broken(let run) where run.status == .invalidScenario:
            StandardError.write(run.message + (isSuite ? "\n\n" : "\n"))
        case .broken(let run):
            StandardError.write("griddrill: \(run.path): the run was broken off: \(run.message)\n")
        }
    }

    func tell(_ suite: SuiteSummary) {
        progress.hide()
        guard loudness != .quiet else { return }
        if let shard = suite.shard, suite.entries.isEmpty {
            print("Shard \(shard.label) of the suite has no scenario in it: there are more shards than scenarios.")
        }
        guard suite.entries.count > 1 else { return }
        let report = SuiteReport(suite, style: Terminal.standardOutput)
        let followsLine = loudness == .normal && suite.entries.last?.status == .allHeld
        print((followsLine ? "\n" : "") + (loudness == .verbose ? report.text : report.closing), terminator: "")
        fflush(nil)
    }
}
