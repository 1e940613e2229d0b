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
        try body(row(for: entry.input, correlation: entry.correlation, at: entry.at), cause)
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

    /// An input as the journal holds it.
    fileprivate func row(for input: Input, at now: Timestamp) -> JournalRow {
        switch input {
        case .started: JournalRow(at: now, .started)
        case .rosterReplaced(let roster, let request):
            JournalRow(at: now, .rosterReplaced, request: request, detail: json(roster))
        case .incidentRequested(let incident, let request):
            JournalRow(
                at: now,
                .incidentRequested,
                correlation: incident.correlation,
                request: request,
                detail: Self.json(IncidentDetail(incident))
            )
        case .incidentChanged(let change, let request):
            JournalRow(at: now, .incidentChanged, request: request, detail: Self.json(IncidentDetail(change)))
        case .incidentCancelled(let id, let request):
            JournalRow(at: now, .incidentCancelled, request: request, detail: Self.json(["id": id.description]))
        case .incidentRecalled(let id, let request):
            JournalRow(at: now, .incidentRecalled, request: request, detail: Self.json(["id": id.description]))
        case .sessionConnected(let session): JournalRow(at: now, .sessionConnected, session: session)
        case .sessionJoined(let session, let customer, let request):
            JournalRow(at: now, .sessionJoined, request: request, session: session, customer: customer)
        case .sessionClosed(let session): JournalRow(at: now, .sessionClosed, session: session)
        case .acknowledged(let acknowledgement, let session, let request):
            JournalRow(
                at: now,
                .acknowledged,
                request: request,
                session: session,
                modification: acknowledgement.modification,
                state: acknowledgement.optsOut ? .declined : nil,
                detail: AcknowledgementDetail.encode(acknowledgement)
            )
        case .deliveriesReported(let reports):
            JournalRow(at: now, .deliveriesReported, detail: long(DeliveryDetail.encode(reports)))
        case .deadlineReached: JournalRow(at: now, .deadlineReached)
        case .purged(let all, let request):
            JournalRow(at: now, .purged, request: request, state: all ? .all : .dispatches)
        case .incidentsArchived(let numbers): JournalRow(at: now, .incidentsArchived, detail: json(numbers))
        case .clockSet(let step): JournalRow(at: now, .clockSet, detail: Self.json(["microseconds": step.microseconds]))
        case .accessDenied(let denial): JournalRow(at: now, .accessDenied, detail: json(denial))
        }
    }
}

extension Input {
    /// What the journal calls it.
    public var kind: JournalKind { JournalEncoder(.fact).row(for: self, at: Timestamp(microseconds: 0)).kind }
}
