internal import Base
internal import DemandResponse

/// A running digest of the journal's rows: a byte that has changed, a row that is missing or another order give another one.
///
/// Multiply and fold, 64 bits at a time: against accidents, not against forgery. It stands in files, so that it never changes.
public struct RowDigest: Equatable, Sendable {
    public private(set) var value: UInt64

    public init(continuing value: Int64 = 0) { self.value = UInt64(bitPattern: value) }

    public var stored: Int64 { Int64(bitPattern: value) }

    public mutating func add(_ word: UInt64) { value = Self.fold(value, word) }

    public mutating func add(_ row: JournalRow, sequence: Int) {
        var present: UInt64 = 0
        add(UInt64(bitPattern: Int64(sequence)))
        add(UInt64(bitPattern: row.at.microseconds))
        add(JournalKind.words.digest(at: Int(row.kind.rawValue)))
        add(row.cause, 1, &present)
        if let correlation = row.correlation {
            present |= 1 << 2
            add(correlation.high)
            add(correlation.low)
        }
        add(row.request.map { Int($0.number) }, 3, &present)
        add(row.session.map { Int($0.number) }, 4, &present)
        add(row.incident, 5, &present)
        add(row.customer, 6, &present)
        if let method = row.method {
            present |= 1 << 7
            add(JournalMethod.words.digest(at: Int(method.rawValue)))
        }
        add(row.modification, 8, &present)
        add(row.attempt, 9, &present)
        if let state = row.state {
            present |= 1 << 10
            add(JournalState.words.digest(at: Int(state.rawValue)))
        }
        add(row.digest.map { Int($0) }, 11, &present)
        if var detail = row.detail {
            present |= 1 << 12
            add(detail.withUTF8 { Self.digest(of: UnsafeRawBufferPointer($0)) })
        }
        if var actor = row.actor {
            present |= 1 << 13
            add(actor.withUTF8 { Self.digest(of: UnsafeRawBufferPointer($0)) })
        }
        add(present)
    }

    /// What is absent adds nothing of its own: which columns are present is added after them.
    private mutating func add(_ column: Int?, _ bit: UInt64, _ present: inout UInt64) {
        guard let column else { return }
        present |= 1 << bit
        add(UInt64(bitPattern: Int64(column)))
    }

    public static func digest(of bytes: UnsafeRawBufferPointer) -> UInt64 {
        var words = WordDigest(byteCount: bytes.count)
        return words.finish(with: bytes)
    }

    /// The digest of bytes that come piece by piece.
    public struct WordDigest {
        private var value: UInt64

        /// - Parameter byteCount: of all pieces together.
        public init(byteCount: Int) { value = UInt64(byteCount) }

        /// A piece that is not the last: a multiple of 8 bytes.
        public mutating func add(_ bytes: UnsafeRawBufferPointer) {
            for position in stride(from: 0, to: bytes.count & ~7, by: 8) {
                let word = bytes.loadUnaligned(fromByteOffset: position, as: UInt64.self)
                value = RowDigest.fold(value, UInt64(littleEndian: word))
            }
        }

        /// - Parameter bytes: the last piece, of any length.
        public mutating func finish(with bytes: UnsafeRawBufferPointer) -> UInt64 {
            add(bytes)
            return RowDigest.fold(value, bytes.dropFirst(bytes.count & ~7).reduce(0) { $0 << 8 | UInt64($1) })
        }
    }

    /// Both halves of a full product, as in wyhash: every bit of the word reaches every bit of the value.
    fileprivate static func fold(_ value: UInt64, _ word: UInt64) -> UInt64 {
        let mixed = (value ^ word ^ 0x9E37_79B9_7F4A_7C15).multipliedFullWidth(by: 0xA076_1D64_78BD_642F)
        return mixed.high ^ mixed.low ^ value.rotated(by: 23)
    }
}

extension UInt64 {
    fileprivate func rotated(by count: UInt64) -> UInt64 { self << count | self >> (64 - count) }
}
