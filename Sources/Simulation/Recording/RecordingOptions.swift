/// What is to be recorded of a database, and how.
public struct RecordingOptions: Sendable {
    /// Ids, numbers or names of incidents; empty: all of them.
    public var incidents: [String]
    /// Otherwise names and contacts are replaced by invented ones.
    public var keepsNames: Bool
    /// Distributions in place of each customer's own times, where there are many customers.
    public var isFitted: Bool
    /// Of GridDrill, for the heading.
    public var version: String

    public init(incidents: [String] = [], keepsNames: Bool = false, isFitted: Bool = false, version: String) {
        self.incidents = incidents
        self.keepsNames = keepsNames
        self.isFitted = isFitted
        self.version = version
    }
}

/// Why a database cannot be recorded, and what to do about it.
public struct RecordingError: Error, CustomStringConvertible, Sendable {
    public let description: String

    init(_ path: String, _ message: String) {
        description = "\(path): \(message)"
    }
}
