internal import Base
internal import Foundation

/// What tells that a file has been written, or replaced by another one of its name.
struct FileStamp: Equatable {
    private let device: UInt
    private let inode: UInt
    private let size: Int
    private let seconds: Int
    private let nanoseconds: Int

    /// `nil` where there is no such file.
    init?(_ path: String) {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        device = UInt(status.st_dev)
        inode = UInt(status.st_ino)
        size = Int(status.st_size)
        seconds = status.st_mtim.tv_sec
        nanoseconds = status.st_mtim.tv_nsec
    }

    /// Whether the file was last written before an instant.
    func isOlder(than instant: Timestamp) -> Bool {
        Timestamp(microseconds: Int64(seconds) * 1_000_000 + Int64(nanoseconds) / 1_000) < instant
    }
}
