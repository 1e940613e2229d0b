internal import Foundation
internal import Journal
internal import Synchronization

/// A database file that this process alone serves or writes, for as long as it lives.
///
/// SQLite lets two processes write in turns; two dispatchers on one database would each overwrite what the other knows. The lock
/// is flock(2)'s, which leaves SQLite's own locks, fcntl(2)'s, alone, and a process that is killed lets go of it. The descriptor is
/// closed only after SQLite has closed the file, since closing one drops fcntl's locks.
final class FileLock: Sendable {
    private let descriptor: Mutex<Int32?>
    /// There was no file; now there is an empty one.
    let isNew: Bool

    /// Customers' contacts and the hashes of tokens are nobody else's to read. SQLite gives the files beside a database its mode.
    static let mode: mode_t = 0o600

    /// Makes the file when there is none.
    /// - Parameter replacesLink: a symbolic link of that name is removed, and what it leads to stays as it is.
    init(_ path: String, replacesLink: Bool = false) throws(StoreError) {
        for _ in 0..<10 {
            var isNew = false
            var descriptor = open(path, O_RDWR | O_CLOEXEC | (replacesLink ? O_NOFOLLOW : 0))
            if descriptor < 0, errno == ELOOP, replacesLink, unlink(path) == 0 { continue }
            if descriptor < 0, errno == ENOENT {
                // A link that leads nowhere is followed, unless it is to be replaced: a database may lie elsewhere.
                descriptor = open(
                    path,
                    O_RDWR | O_CREAT | O_CLOEXEC | (replacesLink ? O_NOFOLLOW | O_EXCL : 0),
                    Self.mode
                )
                if descriptor < 0, errno == EEXIST { continue }
                isNew = true
            }
            guard descriptor >= 0 else { throw Self.cannotOpen(path, errno) }
            guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
                Foundation.close(descriptor)
                throw StoreError(.busy, path: path, "another process is using this database")
            }
            // Whoever had it before may have renamed it in the meantime.
            if Self.isSame(descriptor, path) {
                self.descriptor = Mutex(descriptor)
                self.isNew = isNew
                return
            }
            Foundation.close(descriptor)
        }
        throw StoreError(.busy, path: path, "another process keeps replacing this database")
    }

    deinit { release() }

    /// Empties the file, which keeps its place and its lock, and is for its owner alone from now on.
    func empty() -> Bool {
        descriptor.withLock { $0.map { ftruncate($0, 0) == 0 && fchmod($0, Self.mode) == 0 } ?? false }
    }

    /// Whether the file that is locked is still the one that bears this name: it may have been deleted or replaced.
    func isOf(_ path: String) -> Bool { descriptor.withLock { $0.map { Self.isSame($0, path) } ?? true } }

    func release() {
        descriptor.withLock { descriptor in
            if let descriptor { Foundation.close(descriptor) }
            descriptor = nil
        }
    }

    private static func isSame(_ descriptor: Int32, _ path: String) -> Bool {
        var (opened, named) = (stat(), stat())
        return fstat(descriptor, &opened) == 0 && stat(path, &named) == 0 && opened.st_ino == named.st_ino
            && opened.st_dev == named.st_dev
    }

    private static func cannotOpen(_ path: String, _ code: Int32) -> StoreError {
        guard code != ENOSPC, code != EDQUOT else { return StoreError(.full, path: path, "the disk is full") }
        return StoreError(
            .cannotOpen,
            path: path,
            "cannot be opened for writing; check that its folder exists and is writable"
        )
    }
}
