/// Reads scenario files: YAML, strictly, with all that is wrong said at once.
public enum ScenarioReader {
    public static func read(path: String) -> Reading<Scenario> {
        FileReader.read(path, read)
    }

    /// - Parameter path: stands in the diagnostics, and `empirical(…)` files are looked for beside it.
    public static func read(text: String, path: String) -> Reading<Scenario> {
        FileReader.read(text, path: path, as: .scenario) { draft, diagnostics in
            ScenarioResolver(diagnostics: diagnostics).resolve(draft, text: text)
        }
    }
}
