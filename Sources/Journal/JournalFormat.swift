/// In which form a journal's rows are written. Rows are never changed afterwards: a journal that several versions have written
/// has several formats, and a reader knows them all.
///
/// 1. Effects without what their carriers and sessions were given; line feeds in reasons became blanks.
/// 2. An effect names the destination, the attempt, the record and the answer; line feeds are escaped; rows have a digest.
public enum JournalFormat {
    public static let current = 2
    /// What files held before their formats were written down.
    public static let first = 1
}

extension JournalRow {
    /// Whether it says what a format did not hold: then its format is not the one that the file names.
    public func isBeyond(format: Int) -> Bool {
        guard format < 2 else { return false }
        switch kind {
        // Reasons came with their line feeds.
        case .deliveryRecorded, .cancellationRecorded, .allClearRecorded: return false
        default: return self != asWritten(inFormat: format)
        }
    }

    /// The row as it would stand in a journal of an older format: without what that format did not hold. What is left can be
    /// compared with one that does stand there.
    public func asWritten(inFormat format: Int) -> JournalRow {
        guard format < 2 else { return self }
        var row = self
        switch kind {
        case .rosterRecorded, .incidentRecorded, .dispatchRecorded, .acknowledgementRecorded, .send: row.detail = nil
        case .emitDispatch, .emitResync: row.attempt = nil
        case .emitAcknowledgement: row.digest = nil
        // A reason came back from the input without its line feeds.
        case .deliveryRecorded, .cancellationRecorded, .allClearRecorded: row.detail = detail.map { OneLine.joined($0) }
        default: break
        }
        return row
    }
}
