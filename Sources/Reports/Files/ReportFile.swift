internal import Foundation

enum ReportFile {
    /// Readers see the whole file or the earlier one. Folders that are missing are made.
    static func write(_ text: String, to path: String) throws(ReportFileError) {
        let url = URL(fileURLWithPath: path)
        do {
            try FileManager.default.createDirectory(
                at: url.deletingLastPathComponent(),
                withIntermediateDirectories: true
            )
            try Data(text.utf8).write(to: url, options: .atomic)
        } catch {
            throw ReportFileError(path: path, reason: error.localizedDescription)
        }
    }
}

/// A report that could not be written, for the person who asked for it.
public struct ReportFileError: Error, Sendable, CustomStringConvertible {
    public let path: String
    public let reason: String

    public var description: String { "\(path): cannot be written: \(reason)" }
}
