/// What the readers of scenarios and rosters have in common.
enum FileReader {
    static func read<Value>(
        _ path: String,
        _ read: (_ text: String, _ path: String) -> Reading<Value>
    ) -> Reading<Value> {
        let text: String
        do throws(SourceFileProblem) {
            text = try SourceFile.read(path, limit: YAMLDocument.Bounds.bytes)
        } catch {
            let diagnostic = Diagnostic(
                path: path,
                line: error.location.line,
                column: error.location.column,
                message: error.message,
                suggestion: error.help
            )
            return Reading(value: nil, diagnostics: [diagnostic])
        }
        return read(text, path)
    }

    static func read<Draft, Value>(
        _ text: String,
        path: String,
        as format: Format<Draft>,
        showsLines: Bool = true,
        _ resolve: (Draft, Diagnostics) -> Value?
    ) -> Reading<Value> {
        let diagnostics = Diagnostics(path: path, text: text, showsLines: showsLines)
        guard let document = YAMLDocument(text: text, diagnostics: diagnostics),
            let draft = format.read(document.root, diagnostics)
        else { return diagnostics.reading(nil) }
        return diagnostics.reading(resolve(draft, diagnostics))
    }
}
