internal import Base

extension ScenarioReader {
    /// The tags of a scenario, whatever else may be wrong with it; `nil`: they could not be read, and reading the scenario says why.
    public static func readTags(path: String) -> [String]? {
        FileReader.read(ScenarioPath(path).file) { text, path in
            let diagnostics = Diagnostics(path: path, text: text)
            guard let document = YAMLDocument(text: text, diagnostics: diagnostics),
                case .mapping = document.root.content
            else { return diagnostics.reading(nil) }
            let tags = document.root.value("tags")
            return diagnostics.reading(tags.map { Format.tags.read($0, diagnostics) } ?? [])
        }.value
    }
}
