internal import Foundation

enum StandardError {
    /// A terminal that is gone is no reason to fail.
    static func write(_ text: String) {
        try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
    }
}
