public import Analysis
internal import Base
public import DispatchStore
internal import Foundation

/// The file of a scenario's approved decisions: `approved/NAME.ledger` beside the scenario's own.
public struct ApprovedLedger: Sendable {
    /// As it is to be shown: relative where the scenario's path is.
    public let path: String

    public init(ofScenarioAt scenario: String) {
        let place = ScenarioPath(scenario)
        let folder = place.file.lastIndex(of: "/").map { place.file[...$0] } ?? ""
        path = "\(folder)approved/\(place.baseName).ledger"
    }

    /// Reviews the decisions of a run that is over, and keeps what was compared beside its record.
    /// - Parameters:
    ///   - tally: of the record's facts, where it is at hand already.
    ///   - approves: writes the ledger as the approved one, unless an invariant was broken.
    ///   - requiresApproved: without an approved ledger the run does not pass.
    ///   - seedIsReplaced: see ``DecisionReview``.
    public func review(
        _ record: RunRecord,
        tally: DecisionTally? = nil,
        approves: Bool,
        requiresApproved: Bool = false,
        seedIsReplaced: Bool
    ) throws -> DecisionReview {
        let ledger = try Ledger(record: record, tally: tally)
        let text = ledger.text
        let approved = try ReportFile.read(path)
        let kept = KeptLedgers(besideRecordAt: record.path)
        if approves, approved != text, let verdict = try record.readRun()?.verdict {
            guard verdict != .violated else {
                try kept.write(text, approved: nil)
                return DecisionReview(approvedPath: path, .notCompared("an invariant was broken, so none are approved"))
            }
            try ReportFile.write(text, to: path)
            try kept.write(text, approved: text)
            return DecisionReview(approvedPath: path, .approvedNow)
        }
        let review = DecisionReview(
            ledger,
            world: try record.readRun()?.world ?? .virtual,
            approved: approved,
            approvedPath: path,
            isRequired: requiresApproved,
            seedIsReplaced: seedIsReplaced
        )
        try kept.write(text, approved: review.isCompared ? approved : nil)
        return review
    }
}
