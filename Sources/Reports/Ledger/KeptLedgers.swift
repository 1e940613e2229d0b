internal import Analysis
internal import DispatchStore
internal import Foundation

/// What a run leaves beside its record: `decisions.ledger`, its own, and `approved.ledger`, a copy of the approved one as it was
/// compared, so that a report that is made elsewhere or later says the same.
struct KeptLedgers {
    private let own: String
    private let approved: String

    init(besideRecordAt record: String) {
        let folder = URL(fileURLWithPath: record).deletingLastPathComponent().path
        own = folder + "/decisions.ledger"
        approved = folder + "/approved.ledger"
    }

    /// - Parameter approvedPath: where the approved ledger was, to be named.
    /// - Returns: `nil` where nothing was compared.
    func review(approvedPath: String) -> DecisionReview? {
        do {
            guard let copy = try ReportFile.read(approved), let text = try ReportFile.read(own) else { return nil }
            let ledger = try Ledger(text: text, path: own)
            return DecisionReview(
                ledger,
                world: .virtual,
                approved: copy,
                approvedPath: approvedPath,
                seedIsReplaced: false
            )
        } catch let error as LedgerError {
            return DecisionReview(approvedPath: approvedPath, .unreadable(error))
        } catch {
            let error = LedgerError(path: own, line: 1, message: "\(error)")
            return DecisionReview(approvedPath: approvedPath, .unreadable(error))
        }
    }

    func write(_ text: String, approved copy: String?) throws {
        try ReportFile.write(text, to: own)
        if let copy { try ReportFile.write(copy, to: approved) } else { try ReportFile.removeIfThere(approved) }
    }
}
