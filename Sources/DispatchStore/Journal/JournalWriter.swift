internal import DemandResponse
internal import Foundation
internal import GRDB

/// Appends inputs with their effects to the journal and applies the changes to the tables, inside the caller's transaction.
///
/// Confined to one thread at a time, as its connection is.
final class JournalWriter {
    private let journal: InsertStatement
    private let tables: TableWriter
    private(set) var sequence: Int
    /// Most of a customer base gets the same words: the digest of the last message is kept.
    private var lastMessage: (text: String, digest: Int64) = ("", contentDigest(of: ""))

    init(_ database: Database) throws {
        journal = try InsertStatement(database, JournalRow.insertion)
        tables = try TableWriter(database)
        sequence = try Int.fetchOne(database, sql: "SELECT coalesce(max(sequence), 0) FROM journal") ?? 0
    }

    func append(_ entry: JournalEntry) throws {
        var row = row(for: entry.input, at: entry.at)
        row.correlation = entry.correlation ?? row.correlation
        try append(row)
        let cause = sequence
        for effect in entry.effects {
            if case .record(let change) = effect { try tables.apply(change) }
            try append(self.row(for: effect, at: entry.at, cause: cause))
        }
    }

    private func append(_ row: JournalRow) throws {
        sequence += 1
        try row.write(to: journal, sequence: sequence)
    }

    func digest(of message: String) -> Int64 {
        if message != lastMessage.text { lastMessage = (message, contentDigest(of: message)) }
        return lastMessage.digest
    }
}

/// The JSON of a `detail`, keys sorted; an encoder that fails leaves words that say so rather than losing the row.
func detail(_ value: some Encodable) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    do {
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    } catch {
        return "not encodable: \(error)"
    }
}
