internal import Base
internal import Crypto
internal import DemandResponse
internal import GRDB
internal import Journal

/// The chain of a server's journal: each row has the SHA-256 (FIPS 180-4) of its own columns and of the row's before, so that none can
/// be changed, left out or put in without all that follow being written anew.
///
/// It has no key: whoever may write the file can write the whole chain anew. Who keeps its last value elsewhere finds that out, too.
struct JournalChain {
    /// Of the last row.
    private(set) var value: [UInt8]
    private var bytes: [UInt8] = []

    /// What the first row of a chain continues.
    private static let beginning = [UInt8](repeating: 0, count: SHA256.byteCount)

    init() { value = Self.beginning }

    /// Goes on behind a row. A journal whose rows are not chained yet begins a chain there.
    init(continuing database: Database, after sequence: Int) throws {
        self.init()
        if try Int.fetchOne(database, sql: "SELECT first_sequence FROM journal_chain") == nil {
            try database.execute(sql: "INSERT INTO journal_chain VALUES (?)", arguments: [sequence + 1])
        }
        let rows = try Cursor<JournalRow.Column>(
            database,
            JournalRow.Column.selection + " WHERE sequence = ? AND chain IS NOT NULL",
            [sequence]
        )
        if let last = try rows.map({ $0[.chain] as [UInt8] }).first { value = last }
    }

    /// - Returns: what stands in the row.
    mutating func add(_ row: JournalRow, sequence: Int) -> [UInt8] {
        bytes.removeAll(keepingCapacity: true)
        bytes += value
        add(sequence)
        add(row.cause)
        add(Int(row.at.microseconds))
        add(row.kind.bytes)
        add(row.correlation?.description)
        add(row.request.map { Int($0.number) })
        add(row.session.map { Int($0.number) })
        add(row.incident)
        add(row.customer)
        add(row.method?.bytes)
        add(row.modification)
        add(row.attempt)
        add(row.state?.bytes)
        add(row.digest.map { Int($0) })
        add(row.detail)
        add(row.actor)
        value = Array(SHA256.hash(data: bytes))
        return value
    }

    // Each column says what it is and how long, so that no two rows have the same bytes.

    private mutating func add(_ number: Int?) {
        bytes.append(number == nil ? 0 : 1)
        if let number { withUnsafeBytes(of: Int64(number).littleEndian) { bytes += $0 } }
    }

    private mutating func add(_ text: String?) {
        guard var text else { return bytes.append(0) }
        text.withUTF8 { add(Optional($0)) }
    }

    private mutating func add(_ text: UnsafeBufferPointer<UInt8>?) {
        guard let text else { return bytes.append(0) }
        bytes.append(2)
        withUnsafeBytes(of: Int64(text.count).littleEndian) { bytes += $0 }
        bytes += text
    }
}
