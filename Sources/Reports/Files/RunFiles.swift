internal import DemandResponse
public import DispatchStore

/// The reports of one run, made from its record alone: `summary.json`.
public struct RunFiles: Sendable {
    public let summary: RunSummary

    /// - Parameters:
    ///   - history: the record's, where it is at hand already.
    ///   - recordPath: how the record is to be named; by default the path by which it was opened.
    ///   - otherStatuses: those that the record does not tell, as ``RunStatus/decisionsDiffer``.
    public init(
        _ database: DispatchDatabase,
        history: History? = nil,
        recordPath: String? = nil,
        otherStatuses: [RunStatus] = []
    ) throws(StoreError) {
        let history = if let history { history } else { try database.readHistory() }
        summary = try RunSummary(
            database: database,
            history: history,
            recordPath: recordPath,
            otherStatuses: otherStatuses
        )
    }

    public func write(into folder: String) throws(ReportFileError) {
        try ReportFile.write(SummaryDocument(summary).text, to: folder + "/summary.json")
    }
}
