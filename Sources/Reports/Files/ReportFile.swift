internal import Foundation

enum ReportFile {
    /// - Returns: `nil` when there is none.
    static func read(_ path: String) throws(ReportFileError) -> String? {
        guard FileManager.default.fileExists(atPath: path) else { return nil }
        do {
            return String(decoding: try Data(contentsOf: URL(fileURLWithPath: path)), as: UTF8.self)
        } catch {
            throw ReportFileError(path: path, reason: error.localizedDescription)
        }
    }

    static func removeIfThere(_ path: String) throws {
        if FileManager.default.fileExists(atPath: path) { try FileManager.default.removeItem(atPath: path) }
    }

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

    /// Copies the files of a run's folder into another one, each in place of one of its name, but for what a run that was broken
    /// off has left.
    static func copyAll(from source: String, to target: String) throws(ReportFileError) {
        let manager = FileManager.default
        do {
            try manager.createDirectory(atPath: target, withIntermediateDirectories: true)
            let isSame =
                URL(fileURLWithPath: source).resolvingSymlinksInPath()
                == URL(fileURLWithPath: target).resolvingSymlinksInPath()
            guard !isSame else { return }
            for name in try manager.contentsOfDirectory(atPath: source).sorted() where !name.contains(".partial") {
                let partial = "\(target)/\(name).partial"
                if manager.fileExists(atPath: partial) { try manager.removeItem(atPath: partial) }
                try manager.copyItem(atPath: "\(source)/\(name)", toPath: partial)
                guard rename(partial, "\(target)/\(name)") == 0 else {
                    throw ReportFileError(path: "\(target)/\(name)", reason: String(cString: strerror(errno)))
                }
            }
        } catch let error as ReportFileError {
            throw error
        } catch {
            throw ReportFileError(path: target, reason: error.localizedDescription)
        }
    }

    /// Of a page whose template cannot be read: that is a mistake of this build.
    static func write(page: () throws -> String, to path: String) throws(ReportFileError) {
        let text: String
        do {
            text = try page()
        } catch {
            throw ReportFileError(path: path, reason: "\(error)")
        }
        try write(text, to: path)
    }
}

/// A report that could not be written, for the person who asked for it.
public struct ReportFileError: Error, Sendable, CustomStringConvertible {
    public let path: String
    public let reason: String

    public var description: String { "\(path): cannot be written or read: \(reason)" }
}
