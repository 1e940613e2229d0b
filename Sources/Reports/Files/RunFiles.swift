internal import DemandResponse
public import DispatchStore
public import Journal
internal import Foundation

/// The reports of one run, made from its record alone: `summary.json` for programs and `report.html` for people.
public struct RunFiles: Sendable {
    public let summary: RunSummary
    private let page: RunPage

    /// - Parameters:
    ///   - history: the record's, where it is at hand already.
    ///   - recordPath: how the record is to be named; by default the path by which it was opened.
    ///   - decisions: how they compare with the approved ones; by default what the run left beside its record tells.
    public init(
        _ record: RunRecord,
        history: History? = nil,
        recordPath: String? = nil,
        decisions: DecisionReview? = nil
    ) throws(StoreError) {
        let history = if let history { history } else { try record.readHistory() }
        let decisions = if let decisions { decisions } else { try Self.keptReview(record) }
        let material = try RunMaterial(
            record,
            history: history,
            recordPath: recordPath,
            decisions: decisions
        )
        summary = material.summary
        page = RunPage(material)
    }

    private static func keptReview(_ record: RunRecord) throws(StoreError) -> DecisionReview? {
        guard let header = try record.readRun() else { return nil }
        let approved = ApprovedLedger(ofScenarioAt: header.path)
        return KeptLedgers(besideRecordAt: record.path).review(approvedPath: approved.path)
    }

    /// - Returns: what the reports say and where, for the suite's.
    @discardableResult
    public func write(into folder: String) throws(ReportFileError) -> RunSummary {
        try ReportFile.write(SummaryDocument(summary).text, to: folder + "/summary.json")
        try ReportFile.write(page: page.html, to: folder + "/report.html")
        var summary = summary
        summary.folder = URL(fileURLWithPath: folder).lastPathComponent
        return summary
    }
}
