internal import Foundation

/// Who runs the command, for the audit log.
enum Caller {
    static var name: String { "command by \(NSUserName())" }
}
