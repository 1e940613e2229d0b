internal import Foundation
internal import GRDB
public import Journal

extension ServerDatabase {
    /// Writes a copy of the database as it is at one moment, whether a server is using it or not (SQLite: `VACUUM INTO`). The copy
    /// is one file, and bears its name only when it is whole. A run's record is copied, too, once it is proven to be what its run wrote.
    /// - Parameter copy: where to; nothing may be there yet.
    public static func backUp(_ path: String, to copy: String) throws(StoreError) {
        let file = try RunRecord.open(at: path).file
        guard !FileManager.default.fileExists(atPath: copy) else {
            throw StoreError(.alreadyExists, path: copy, "there is a file of this name; name another one")
        }
        let partial = copy + ".partial"
        unlink(partial)
        try storing(copy) {
            try file.writer.writeWithoutTransaction { try $0.execute(sql: "VACUUM INTO ?", arguments: [partial]) }
            // The same rows in other places of the file.
            if try RecordSeal(writtenInFileAt: partial) != nil {
                try RecordSeal(ofFileAt: partial).write(toFileAt: partial)
            }
        }
        guard rename(partial, copy) == 0 else {
            throw StoreError(.cannotOpen, path: copy, "cannot be written: \(String(cString: strerror(errno)))")
        }
        try file.close()
    }
}

extension ServerDatabase {
    /// How much has to be free on the disk before it counts as full no longer: room for some incidents, so that a server does
    /// not come and go with every few kilobytes.
    private static let leastFreeBytes = 1 << 20

    /// Throws what would keep a transaction from being taken now: another writer, or a disk that is full. Changes nothing.
    public func probe() throws(StoreError) {
        try storing(path) {
            try probeSpace()
            try file.writer.writeWithoutTransaction { try $0.inTransaction(.immediate) { .rollback } }
        }
    }

    /// By a file beside the database, which really takes the space: quotas and limits on files show, too.
    private func probeSpace() throws {
        let probe = path + "-probe"
        let descriptor = Foundation.open(probe, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        // The transaction will say what is wrong, if it is in its way.
        guard descriptor >= 0 else { return }
        defer {
            Foundation.close(descriptor)
            unlink(probe)
        }
        switch posix_fallocate(descriptor, 0, off_t(Self.leastFreeBytes)) {
        case ENOSPC, EDQUOT, EFBIG:
            throw StoreError(.full, path: path, "the disk is full; nothing of the last transaction was kept")
        default: break
        }
    }
}
