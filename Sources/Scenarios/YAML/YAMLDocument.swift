import Yams

/// A file's one YAML document, or what keeps it from being one.
struct YAMLDocument {
    var root: YAMLNode

    /// Bounds that no scenario comes near, so that a file made to exhaust the reader fails at once.
    enum Bounds {
        static let bytes = 64 * 1024 * 1024
        static let nodes = 5_000_000
        static let depth = 500
        static let aliases = 10_000
        static let duplicatedKeys = 50
        /// Of one mapping.
        static let keys = 10_000
        /// Above it the parser's own words have to do: what was probably meant is found by reading the text once more.
        static let explainedBytes = 8 * 1024 * 1024
    }

    /// Problems go to the diagnostics; `nil` if there is nothing to go on with.
    /// - Parameter file: which of the diagnostics' files it is.
    init?(text: String, file: Int = 0, diagnostics: Diagnostics) {
        if let problem = AliasScan(text).problem ?? KeyScan(text).problem {
            diagnostics.error(problem.message, at: problem.location.in(file), help: problem.help)
            return nil
        }
        let commas = FlowCommas(text)
        var composer = YAMLComposer(text: commas.masked, source: text)
        do throws(YAMLProblem) {
            guard let composed = try composer.compose() else {
                let help = "a scenario needs at least a name, a seed, …"
                diagnostics.error("the file is empty", at: .start.in(file), help: file == 0 ? help : nil)
                return nil
            }
            var converter = YAMLConverter(
                renamedKeys: composer.renamedKeys,
                commas: commas,
                file: file,
                diagnostics: diagnostics
            )
            root = try withExtendedLifetime(composer) { () throws(YAMLProblem) in try converter.convert(composed) }
        } catch {
            diagnostics.error(error.message, at: error.location.in(file), help: error.help)
            return nil
        }
    }
}

/// What stops the reading of a document.
struct YAMLProblem: Error {
    var message: String
    var location: SourceLocation
    var help: String?
}

extension SourceLocation {
    static let start = SourceLocation(line: 1, column: 1)

    init(_ mark: Mark?) {
        self.init(line: mark?.line ?? 1, column: mark?.column ?? 1)
    }
}
