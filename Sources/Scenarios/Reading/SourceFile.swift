import Base
import Foundation

/// Why a file cannot be read as text.
struct SourceFileProblem: Error {
    var message: String
    var location = SourceLocation.start
    var help: String?
}

enum SourceFile {
    /// The path of a file that another one names: relative to that other one.
    static func path(_ name: String, beside other: String) -> String {
        let directory = other.lastIndex(of: "/").map { other[...$0] } ?? ""
        return name.hasPrefix("/") ? name : directory + name
    }

    /// A file's text, without the byte order mark.
    static func read(_ path: String, limit: Int) throws(SourceFileProblem) -> String {
        var isDirectory: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) else {
            throw SourceFileProblem(message: "there is no such file")
        }
        guard !isDirectory.boolValue else {
            throw SourceFileProblem(message: "is a directory, not a file")
        }
        guard let handle = FileHandle(forReadingAtPath: path) else {
            throw SourceFileProblem(message: "the file cannot be opened", help: "it may belong to another user")
        }
        defer { try? handle.close() }
        var data = Data()
        do {
            while data.count <= limit, let more = try handle.read(upToCount: limit + 1 - data.count), !more.isEmpty {
                data.append(more)
            }
        } catch {
            throw SourceFileProblem(message: "the file cannot be read: \(error.localizedDescription)")
        }
        guard data.count <= limit else {
            throw SourceFileProblem(message: "the file is larger than \(limit / 1024 / 1024) MiB")
        }
        return try text(data)
    }

    private static func text(_ data: Data) throws(SourceFileProblem) -> String {
        let bytes = data.starts(with: [0xEF, 0xBB, 0xBF]) ? data.dropFirst(3) : data
        if let text = String(validating: bytes, as: UTF8.self) { return text }
        let isUTF16 = data.starts(with: [0xFF, 0xFE]) || data.starts(with: [0xFE, 0xFF])
        throw SourceFileProblem(
            message: "the file is not UTF-8",
            location: isUTF16 ? .start : firstInvalid(bytes),
            help: isUTF16 ? "it looks like UTF-16: save it as UTF-8" : "save it as UTF-8"
        )
    }

    private static func firstInvalid(_ bytes: Data) -> SourceLocation {
        var location = SourceLocation.start
        var decoder = UTF8()
        var iterator = bytes.makeIterator()
        var valid = String.UnicodeScalarView()
        while case .scalarValue(let scalar) = decoder.decode(&iterator) { valid.append(scalar) }
        let lines = String(valid).lines
        location.line = lines.count
        location.column = (lines.last?.unicodeScalars.count ?? 0) + 1
        return location
    }
}
