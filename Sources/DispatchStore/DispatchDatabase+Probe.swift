internal import Foundation
internal import GRDB

extension DispatchDatabase {
    /// How much has to be free on the disk before it counts as full no longer: room for some incidents, so that a server does
    /// not come and go with every few kilobytes.
    private static let leastFreeBytes = 1 << 20

    /// Throws what would keep a transaction from being taken now: another writer, or a disk that is full. Changes nothing.
    public func probeWriting() throws(StoreError) {
        try storing(path) {
            try probeSpace()
            try writer.writeWithoutTransaction { try $0.inTransaction(.immediate) { .rollback } }
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
