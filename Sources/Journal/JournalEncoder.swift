public import Base
public import DemandResponse
internal import Foundation

/// Turns inputs and effects into rows: what the journal holds of them, what a replay compares, what checkers look at.
public struct JournalEncoder {
    let extent: JournalRow.Extent
    /// Most of a customer base gets the same words: the digest of the last message is kept.
    private var lastMessage: (text: String, digest: Int64) = ("", contentDigest(of: ""))

    public init(_ extent: JournalRow.Extent = .whole) { self.extent = extent }

    /// The rows of an entry in their order, each with its sequence.
    /// - Parameter sequence: the journal's last one; afterwards that of the entry's last row.
    public mutating func forEachRow<Failure>(
        of entry: JournalEntry,
        after sequence: inout Int,
        _ body: (JournalRow, Int) throws(Failure) -> Void
    ) throws(Failure) {
        sequence += 1
        let cause = sequence
        var input = row(for: entry.input, correlation: entry.correlation, at: entry.at)
        input.actor = entry.actor
        try body(input, cause)
        for effect in entry.effects {
            sequence += 1
            try body(row(for: effect, at: entry.at, cause: cause), sequence)
        }
    }

    mutating func digest(of message: String) -> Int64 {
        if message != lastMessage.text { lastMessage = (message, contentDigest(of: message)) }
        return lastMessage.digest
    }

    /// A detail that is not made where nobody looks at it.
    func long(_ detail: @autoclosure () -> String) -> String? { extent == .whole ? detail() : nil }

    private func json(_ value: some Encodable) -> String? { long(Self.json(value)) }

    /// As JSON stands in a file. Keys are sorted; an encoder that fails leaves words that say so rather than losing the row.
    public static func json(_ value: some Encodable) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        do {
            return String(decoding: try encoder.encode(value), as: UTF8.self)
        } catch {
            return "not encodable: \(error)"
        }
    }
}

extension JournalEncoder {
    /// An input as the journal holds it, with the correlation that it came with.
    public func row(for input: Input, correlation: UniqueID?, at now: Timestamp) -> JournalRow {
        var row = row(for: input, at: now)
        row.correlation = correlation ?? row.correlation
        return row
    }

    fileprivate func row(for input: Input, at now: Timestamp) -> JournalRow {
        var row = JournalRow(at: now, input.kind)
        row.request = input.request
        switch input {
        case .started, .deadlineReached: break
        case .rosterReplaced(let roster, _): row.detail = json(roster)
        case .incidentRequested(let incident, _):
            row.correlation = incident.correlation
            row.detail = Self.json(IncidentDetail(incident))
        case .incidentChanged(let change, _): row.detail = Self.json(IncidentDetail(change))
        case .incidentCancelled(let id, _), .incidentRecalled(let id, _):
            row.detail = Self.json(["id": id.description])
        case .sessionConnected(let session), .sessionClosed(let session): row.session = session
        case .sessionJoined(let session, let customer, _):
            row.session = session
            row.customer = customer
        case .acknowledged(let acknowledgement, let session, _):
            row.session = session
            row.modification = acknowledgement.modification
            row.state = acknowledgement.optsOut ? .declined : nil
            row.detail = AcknowledgementDetail.encode(acknowledgement)
        case .deliveriesReported(let reports): row.detail = long(DeliveryDetail.encode(reports))
        case .purged(let all, _): row.state = all ? .all : .dispatches
        case .incidentsArchived(let numbers): row.detail = json(numbers)
        case .clockSet(let step): row.detail = Self.json(["microseconds": step.microseconds])
        case .accessDenied(let denial): row.detail = json(denial)
        case .tokenCreated(let change), .tokenRevoked(let change): row.detail = json(change)
        }
        return row
    }
}

extension Input {
    /// What the journal calls it.
    public var kind: JournalKind {
        switch self {
        case .started: .started
        case .rosterReplaced: .rosterReplaced
        case .incidentRequested: .incidentRequested
        case .incidentChanged: .incidentChanged
        case .incidentCancelled: .incidentCancelled
        case .incidentRecalled: .incidentRecalled
        case .sessionConnected: .sessionConnected
        case .sessionJoined: .sessionJoined
        case .sessionClosed: .sessionClosed
        case .acknowledged: .acknowledged
        case .deliveriesReported: .deliveriesReported
        case .deadlineReached: .deadlineReached
        case .purged: .purged
        case .incidentsArchived: .incidentsArchived
        case .clockSet: .clockSet
        case .accessDenied: .accessDenied
        case .tokenCreated: .tokenCreated
        case .tokenRevoked: .tokenRevoked
        }
    }
}
