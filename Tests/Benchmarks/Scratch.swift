internal import Foundation

/// A folder for the files of a measurement, gone when it is over.
struct Scratch {
    let folder: String

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "griddrill-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }

    func path(_ name: String) -> String { folder + "/" + name }

    func write(_ text: String, to name: String) throws -> String {
        try text.write(toFile: path(name), atomically: true, encoding: .utf8)
        return path(name)
    }

    func remove() { try? FileManager.default.removeItem(atPath: folder) }
}
