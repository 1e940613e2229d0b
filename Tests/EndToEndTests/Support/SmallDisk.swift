import Foundation
import TestSupport

/// A file system of its own size, seen by one process and gone with it.
struct SmallDisk {
    let path: String
    let wrapper: [String]

    init(kilobytes: Int, in scratch: Scratch) throws {
        path = scratch.file("disk")
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        wrapper = Self.mounting(path, kilobytes: kilobytes)
    }

    static let isPossible: Bool = {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = mounting("/mnt", kilobytes: 16) + ["true"]
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        guard (try? process.run()) != nil else { return false }
        process.waitUntilExit()
        return process.terminationStatus == 0
    }()

    private static func mounting(_ path: String, kilobytes: Int) -> [String] {
        let script = "mount -t tmpfs -o size=\(kilobytes)k tmpfs \"$0\" && exec \"$@\""
        return ["unshare", "--map-root-user", "--mount", "sh", "-c", script, path]
    }
}
