internal import Base
internal import Foundation

/// Reads scenario files: YAML, strictly, with all that is wrong said at once.
public enum ScenarioReader {
    /// - Parameter path: a file's, or of one with a matrix a combination's, as ``scenarios(at:)`` has it.
    public static func read(path: String) -> Reading<Scenario> {
        let place = place(path)
        return FileReader.read(place.file) { text, _ in read(text: text, place: place, included: nil) }
    }

    /// - Parameters:
    ///   - path: stands in the diagnostics; `empirical(…)` files, and those to be included, are looked for beside it. Of a file with a matrix
    ///     it may be one combination's; without one all are read, and the value is that of the first.
    ///   - included: the files that it includes, where they are at hand, as in a record; `nil`: they are read.
    public static func read(
        text: String,
        path: String,
        included: [ScenarioSource.Included]? = nil
    ) -> Reading<Scenario> {
        read(text: text, place: ScenarioPath(path), included: included)
    }

    /// What is to be run of a file.
    public struct FileScenarios: Sendable {
        /// The file's own, but of one with a matrix those of its combinations.
        public let paths: [String]
        /// Something is wrong with the matrix or in a combination: the file stands for all of them, and reading it says what.
        public let hasInvalidMatrix: Bool
    }

    public static func scenarios(at path: String) -> FileScenarios {
        let place = place(path)
        let alone = FileScenarios(paths: [path], hasInvalidMatrix: false)
        // Most files have no matrix, and need not be read twice; but a key may be written with escapes.
        guard place.combination == nil, let text = try? SourceFile.read(path, limit: YAMLDocument.Bounds.bytes),
            text.contains("matrix") || text.contains("\\")
        else { return alone }
        let diagnostics = Diagnostics(path: path, text: text)
        guard let root = YAMLDocument(text: text, diagnostics: diagnostics)?.root, let node = root.value("matrix")
        else { return alone }
        guard let reader = MatrixReader(root, node, diagnostics),
            read(text: text, place: place, included: nil).value != nil
        else { return FileScenarios(paths: [path], hasInvalidMatrix: true) }
        let combinations = reader.matrix.combinations.map { ScenarioPath(file: path, combination: $0.text).description }
        return FileScenarios(paths: combinations, hasInvalidMatrix: false)
    }

    /// A file may be called as if it were a combination.
    private static func place(_ path: String) -> ScenarioPath {
        FileManager.default.fileExists(atPath: path) ? ScenarioPath(file: path, combination: nil) : ScenarioPath(path)
    }

    private static func read(
        text: String,
        place: ScenarioPath,
        included: [ScenarioSource.Included]?
    ) -> Reading<Scenario> {
        let diagnostics = Diagnostics(path: place.file, text: text)
        guard let root = YAMLDocument(text: text, diagnostics: diagnostics)?.root else {
            return diagnostics.reading(nil)
        }
        guard let node = root.value("matrix") else {
            if let combination = place.combination {
                diagnostics.error("there is no combination (\(combination)): the file has no matrix", at: .start)
            }
            return read(root, text, nil, included, diagnostics)
        }
        guard let reader = MatrixReader(root, node, diagnostics) else { return diagnostics.reading(nil) }
        let combinations = reader.matrix.combinations
        guard let wanted = place.combination else {
            return Reading(
                combinations: combinations.map { combination in
                    let diagnostics = Diagnostics(path: place.file, text: text)
                    return (combination.text, read(reader.node(combination), text, combination, included, diagnostics))
                }
            )
        }
        guard let combination = combinations.first(where: { $0.text == wanted }) else {
            diagnostics.error(
                "there is no combination (\(wanted))",
                at: node.location,
                help: Known.help(combinations.map { "(\($0.text))" }, called: "combinations")
            )
            return diagnostics.reading(nil)
        }
        return read(reader.node(combination), text, combination, included, diagnostics)
    }

    private static func read(
        _ root: YAMLNode,
        _ text: String,
        _ combination: Combination?,
        _ included: [ScenarioSource.Included]?,
        _ diagnostics: Diagnostics
    ) -> Reading<Scenario> {
        guard !reportInclusion(root, diagnostics), var draft = Format.scenario.read(root, diagnostics) else {
            return diagnostics.reading(nil)
        }
        let inclusion = Inclusion(diagnostics: diagnostics) { (name, path) throws(SourceFileProblem) in
            guard let included else { return try SourceFile.read(path, limit: YAMLDocument.Bounds.bytes) }
            guard let file = included.first(where: { $0.name == name }) else {
                throw SourceFileProblem(message: "is not in the record")
            }
            return file.text
        }
        let read = inclusion.resolve(&draft)
        if let combination { reportPlaceholders(of: combination, in: read, outOf: draft.include.count, diagnostics) }
        let source = ScenarioSource(
            path: diagnostics.path,
            text: text,
            included: read,
            combination: combination?.text
        )
        if let combination { draft.name = draft.name.map { "\($0) (\(combination.text))" } }
        return diagnostics.reading(ScenarioResolver(diagnostics: diagnostics).resolve(draft, from: source))
    }

    /// Names of the matrix that stand in included files, where they would be taken for texts.
    private static func reportPlaceholders(
        of combination: Combination,
        in files: [ScenarioSource.Included],
        outOf count: Int,
        _ diagnostics: Diagnostics
    ) {
        guard files.count == count else { return }
        for (index, file) in files.enumerated() {
            for (offset, line) in file.text.lines.enumerated() {
                for (name, _) in combination.values {
                    guard let place = line.firstRange(of: "$(\(name))") else { continue }
                    let column = line[..<place.lowerBound].unicodeScalars.count + 1
                    diagnostics.error(
                        "'$(\(name))' stands for itself here: the matrix fills the scenario's own file alone",
                        at: SourceLocation(line: offset + 1, column: column, file: index - count),
                        help: "say in the scenario what the combinations differ in"
                    )
                }
            }
        }
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
