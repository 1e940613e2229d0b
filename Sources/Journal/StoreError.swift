/// What went wrong with a database file, in words for the person who named it. Equal by code.
public struct StoreError: Error, Hashable, Sendable, CustomStringConvertible {
    public enum Code: String, Sendable {
        case notADatabase
        case otherApplication
        case newerSchema
        case cannotOpen
        case alreadyExists
        case full
        case damaged
        case busy
        /// The file no longer bears its name.
        case displaced
        case failed
    }

    public let code: Code
    public let path: String
    public let message: String

    public init(_ code: Code, path: String, _ message: String) {
        self.code = code
        self.path = path
        self.message = message
    }

    public var description: String { "\(path): \(message)" }

    public static func == (a: StoreError, b: StoreError) -> Bool { a.code == b.code }
    public func hash(into hasher: inout Hasher) { hasher.combine(code) }
}
