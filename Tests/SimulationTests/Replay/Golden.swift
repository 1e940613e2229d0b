import Foundation
import GRDB
import TestSupport

/// Journals that older versions wrote, committed as the SQL that makes them again: those of a run and of a server that was
/// started several times, for each format.
enum Golden {
    static let names = ["run-format-1", "server-format-1", "run-format-2", "server-format-2"]

    /// Makes a golden journal's file, with some rows changed.
    static func make(_ name: String, in scratch: Scratch, changing sql: String = "") throws -> String {
        let folder = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
        let text = try String(contentsOf: folder.appendingPathComponent("Golden/\(name).sql"), encoding: .utf8)
        let path = scratch.file("\(UUID().uuidString).sqlite")
        let queue = try DatabaseQueue(path: path)
        try queue.write { database in
            try database.execute(sql: text)
            try database.execute(sql: "PRAGMA application_id = \(0x4752_4444)")
            try database.execute(sql: sql)
        }
        try queue.close()
        return path
    }
}
