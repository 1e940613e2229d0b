internal import Foundation
internal import GRDB

extension DispatchDatabase {
    /// Writes a copy of the database as it is at one moment, whether a server is using it or not (SQLite: `VACUUM INTO`). The copy
    /// is one file, and bears its name only when it is whole.
    /// - Parameter copy: where to; nothing may be there yet.
    public func backUp(to copy: String) throws(StoreError) {
        guard !FileManager.default.fileExists(atPath: copy) else {
            throw StoreError(.alreadyExists, path: copy, "there is a file of this name; name another one")
        }
        let partial = copy + ".partial"
        unlink(partial)
        try storing(copy) {
            try writer.writeWithoutTransaction { try $0.execute(sql: "VACUUM INTO ?", arguments: [partial]) }
            // The same rows in other places of the file.
            if try RecordSeal(writtenInFileAt: partial) != nil {
                try RecordSeal(ofFileAt: partial).write(toFileAt: partial)
            }
        }
        guard rename(partial, copy) == 0 else {
            throw StoreError(.cannotOpen, path: copy, "cannot be written: \(String(cString: strerror(errno)))")
        }
    }
}
