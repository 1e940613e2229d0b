internal import Base
internal import Foundation

/// What tells that a file has been written, or replaced by another one of its name.
struct FileStamp: Equatable {
    private let volume: Int
    private let number: Int
    private let size: Int
    private let written: Date

    /// `nil` where there is no such file. Of a link, the file that it leads to.
    init?(_ path: String) {
        let target = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
        guard let attributes = try? FileManager.default.attributesOfItem(atPath: target),
            let volume = attributes[.systemNumber] as? Int, let number = attributes[.systemFileNumber] as? Int,
            let size = attributes[.size] as? Int, let written = attributes[.modificationDate] as? Date
        else { return nil }
        self.volume = volume
        self.number = number
        self.size = size
        self.written = written
    }

    /// Whether the file was last written before an instant.
    func isOlder(than instant: Timestamp) -> Bool {
        Timestamp(microseconds: Int64((written.timeIntervalSince1970 * 1_000_000).rounded(.down))) < instant
    }
}
