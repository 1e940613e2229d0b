public import DemandResponse

/// Reads roster files: YAML with the `programs` and `customers` of a scenario, and nothing else.
public enum RosterFile {
    public static func read(path: String) -> Reading<Roster> {
        FileReader.read(path, read)
    }

    /// - Parameter path: stands in the diagnostics.
    public static func read(text: String, path: String) -> Reading<Roster> {
        FileReader.read(text, path: path, as: .roster) { draft, diagnostics in
            RosterResolver(diagnostics: diagnostics).resolve(draft).roster
        }
    }
}
