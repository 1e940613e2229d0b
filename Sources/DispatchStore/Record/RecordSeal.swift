internal import Foundation
internal import GRDB
internal import Journal

/// The digest of a record's whole file, written down when the record is finished: no table of it, the verdict's included, can have
/// changed without a word.
///
/// It stands in the file's own header, in the field that SQLite leaves to applications (`PRAGMA user_version`; SQLite's file format,
/// §1.3), and covers every other byte. A file that goes on being written, as a server's database, has none, and neither have the
/// records of older versions: there the journal's digest has to do. It is against accidents, as that is, not against forgery.
struct RecordSeal: Equatable {
    private static let field = 60..<64
    /// A record may be larger than what is free of the memory: it is read in pieces.
    private static let pieceSize = 1 << 20

    /// Never 0, which stands for none.
    private let value: UInt32

    /// As it should be, by the file's bytes.
    /// - Throws: an error of Foundation's.
    init(ofFileAt path: String) throws {
        let file = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
        defer { try? file.close() }
        let size = Int(try file.seekToEnd())
        try file.seek(toOffset: 0)
        var digest = RowDigest()
        let head = try file.read(upToCount: Self.field.lowerBound) ?? Data()
        digest.add(head.withUnsafeBytes { RowDigest.digest(of: $0) })
        try file.seek(toOffset: UInt64(Self.field.upperBound))
        var rest = RowDigest.WordDigest(byteCount: max(0, size - Self.field.upperBound))
        var piece = try file.read(upToCount: Self.pieceSize) ?? Data()
        while piece.count == Self.pieceSize {
            piece.withUnsafeBytes { rest.add($0) }
            piece = try file.read(upToCount: Self.pieceSize) ?? Data()
        }
        digest.add(piece.withUnsafeBytes { rest.finish(with: $0) })
        value = max(1, UInt32(truncatingIfNeeded: digest.value ^ digest.value >> 32))
    }

    /// As it is written in the file.
    /// - Returns: `nil` where there is none.
    /// - Throws: an error of Foundation's.
    init?(writtenInFileAt path: String) throws {
        let file = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
        defer { try? file.close() }
        try file.seek(toOffset: UInt64(Self.field.lowerBound))
        let bytes = try file.read(upToCount: Self.field.count) ?? Data()
        value = bytes.reduce(0) { $0 << 8 | UInt32($1) }
        if value == 0 { return nil }
    }

    /// Nobody may have the file open.
    /// - Throws: an error of Foundation's.
    func write(toFileAt path: String) throws {
        let file = try FileHandle(forUpdating: URL(fileURLWithPath: path))
        defer { try? file.close() }
        try file.seek(toOffset: UInt64(Self.field.lowerBound))
        try file.write(contentsOf: withUnsafeBytes(of: value.bigEndian) { Data($0) })
    }

    static func remove(from database: Database) throws {
        guard try Int.fetchOne(database, sql: "PRAGMA user_version") != 0 else { return }
        try database.execute(sql: "PRAGMA user_version = 0")
    }
}

extension RecordSeal {
    /// What a file's own header says, and what it should say.
    struct Reading {
        let written: RecordSeal
        let isRight: Bool

        /// - Returns: `nil` where there is no seal, and for what is no regular file, whose reading might never end.
        /// - Throws: an error of Foundation's.
        init?(ofFileAt path: String) throws {
            let url = URL(fileURLWithPath: path).resolvingSymlinksInPath()
            guard try url.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile ?? false,
                let written = try RecordSeal(writtenInFileAt: path)
            else { return nil }
            self.written = written
            isRight = try written == RecordSeal(ofFileAt: path)
        }
    }
}
