internal import Foundation

/// A file that stands in the folder of a suite's reports from its beginning to its end: of a suite that was killed it tells which
/// scenarios it was to run, so that those that it came to do not pass for all.
public struct UnfinishedSuite: Sendable {
    static let name = "suite.partial"

    private let path: String

    public init(in folder: String) { path = "\(folder)/\(Self.name)" }

    /// - Parameter scenarios: their paths.
    public func begin(_ scenarios: [String]) throws(ReportFileError) {
        try ReportFile.write(scenarios.joined(separator: "\n") + "\n", to: path)
    }

    public func end() { unlink(path) }

    /// `nil`: no suite was left unfinished here.
    public func brokenRun() throws(ReportFileError) -> BrokenRun? {
        guard let text = try ReportFile.read(path) else { return nil }
        let count = text.split(separator: "\n").count
        return BrokenRun(
            name: "suite",
            path: path,
            message: "the suite has not come to its end: it was killed, or still runs; run its "
                + "\(count == 1 ? "scenario" : "\(count) scenarios") again",
            status: .internalError
        )
    }
}
