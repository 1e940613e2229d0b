/// Reads scenario files: YAML, strictly, with all that is wrong said at once.
public enum ScenarioReader {
    public static func read(path: String) -> Reading<Scenario> {
        FileReader.read(path) { read(text: $0, path: $1) }
    }

    /// - Parameters:
    ///   - path: stands in the diagnostics; `empirical(…)` files, and those to be included, are looked for beside it.
    ///   - included: the files that it includes, where they are at hand, as in a record; `nil`: they are read.
    public static func read(
        text: String,
        path: String,
        included: [ScenarioSource.Included]? = nil
    ) -> Reading<Scenario> {
        let diagnostics = Diagnostics(path: path, text: text)
        guard let document = YAMLDocument(text: text, diagnostics: diagnostics),
            !reportInclusion(document.root, diagnostics),
            var draft = Format.scenario.read(document.root, diagnostics)
        else { return diagnostics.reading(nil) }
        let inclusion = Inclusion(diagnostics: diagnostics) { (name, path) throws(SourceFileProblem) in
            guard let included else { return try SourceFile.read(path, limit: YAMLDocument.Bounds.bytes) }
            guard let file = included.first(where: { $0.name == name }) else {
                throw SourceFileProblem(message: "is not in the record")
            }
            return file.text
        }
        let read = inclusion.resolve(&draft)
        let source = ScenarioSource(path: path, text: text, included: read)
        return diagnostics.reading(ScenarioResolver(diagnostics: diagnostics).resolve(draft, from: source))
    }

    /// A file that holds only what scenarios include is none itself.
    private static func reportInclusion(_ root: YAMLNode, _ diagnostics: Diagnostics) -> Bool {
        guard case .mapping(let pairs) = root.content, !pairs.isEmpty,
            pairs.allSatisfy({ Inclusion.keys.contains($0.key.scalar?.text ?? "") })
        else { return false }
        diagnostics.error(
            "this file has nothing but what scenarios include",
            at: .start,
            help: "a name that begins with '_', as _roster.yaml, keeps it from being taken for a scenario of its folder"
        )
        return true
    }
}
