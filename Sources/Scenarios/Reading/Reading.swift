/// What came of reading a file: a value, unless there are errors; and all diagnostics, in the order of the file.
public struct Reading<Value: Sendable>: Sendable {
    /// `nil` exactly if there are errors.
    public let value: Value?
    /// At most ``ScenarioError/limit``.
    public let diagnostics: [Diagnostic]
    /// How many more there were.
    public let omitted: Int
    /// The paths of other files that this one names and whose contents are part of it, there or not.
    public let companions: [String]

    init(value: Value?, diagnostics: [Diagnostic], omitted: Int = 0, companions: [String] = []) {
        let isValid = !diagnostics.contains { $0.severity == .error }
        self.value = isValid ? value : nil
        self.diagnostics = diagnostics
        self.omitted = omitted
        self.companions = companions
    }

    /// The value, or everything that is wrong.
    public func get() throws(ScenarioError) -> Value {
        guard let value else { throw ScenarioError(diagnostics: diagnostics, omitted: omitted) }
        return value
    }

    /// All diagnostics as people see them, a blank line between two; empty if there are none.
    public var rendered: String { ScenarioError(diagnostics: diagnostics, omitted: omitted).rendered }
}

extension Reading: Equatable where Value: Equatable {}

/// A file that cannot be used, with all that is wrong with it.
public struct ScenarioError: Error, Sendable, Equatable, CustomStringConvertible {
    public let diagnostics: [Diagnostic]
    public let omitted: Int

    init(diagnostics: [Diagnostic], omitted: Int = 0) {
        self.diagnostics = diagnostics
        self.omitted = omitted
    }

    /// How many diagnostics of one file are kept.
    public static let limit = 1_000

    public var rendered: String {
        var parts = diagnostics.map(\.rendered)
        if omitted > 0 { parts.append("and \(omitted) more") }
        return parts.joined(separator: "\n\n")
    }

    public var description: String { rendered }
}
