public import Base
public import DemandResponse

/// An input as the journal holds it, with what came of it.
public struct JournalStep: Sendable {
    /// Of the input's row.
    public var sequence: Int
    public var at: Timestamp
    public var input: Input
    public var format: Int
    /// In their order.
    public var effects: [JournalRow]
}

extension JournalRow {
    /// Whether it says what a format did not hold: then its format is not the one that the file names.
    func isBeyond(format: Int) -> Bool {
        guard format < 2 else { return false }
        switch kind {
        // Reasons came with their line feeds.
        case .deliveryRecorded, .cancellationRecorded: return false
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
        case .deliveryRecorded, .cancellationRecorded: row.detail = detail.map { OneLine.joined($0) }
        default: break
        }
        return row
    }
}
