import Yams

/// Yams' composer, taken past its habit of stopping at the first duplicated key.
///
/// At a duplicated key it throws, naming the place of the key's first occurrence. That occurrence is then renamed in a
/// copy of the text, by another as long so that no place moves, and the copy is composed: whoever reads the nodes finds
/// the key's own name in ``renamedKeys`` and sees both.
struct YAMLComposer {
    private(set) var renamedKeys: [SourceLocation: String] = [:]
    /// The text as people wrote it, for what is said about it: as long as the composed one, line by line.
    private let source: String
    private var text: String
    /// Kept because anchors, by which the converter knows what it has seen, live as long as their parser.
    private var parser: Parser?

    init(text: String, source: String) {
        self.text = text
        self.source = source
    }

    /// The root of the one document, `nil` if there is none.
    mutating func compose() throws(YAMLProblem) -> Node? {
        while true {
            do {
                // No rules: their regular expressions would be matched against every key.
                let parser = try Parser(yaml: text, resolver: .basic, encoding: .utf8)
                self.parser = parser
                return try parser.singleRoot()
            } catch YamlError.duplicatedKeysInMapping(let names, let context) {
                let location = SourceLocation(context.mark)
                let name = names.first ?? ""
                guard renamedKeys.count < YAMLDocument.Bounds.duplicatedKeys, rename(name, at: location) else {
                    throw YAMLProblem(
                        message: "the key '\(name.shortened)' stands more than once in one mapping",
                        location: location,
                        help: "keep one of them"
                    )
                }
            } catch let error as YamlError {
                throw YAMLProblem(error, text: source)
            } catch {
                throw YAMLProblem(message: "\(error)", location: .start)
            }
        }
    }

    /// Puts a private-use scalar, another for each key, in place of the key's first one.
    private mutating func rename(_ name: String, at location: SourceLocation) -> Bool {
        guard renamedKeys[location] == nil, let start = SourceLines.index(of: location, in: text) else { return false }
        let scalars = text.unicodeScalars
        var index = start
        if scalars[index] == "\"" || scalars[index] == "'" { index = scalars.index(after: index) }
        guard index < scalars.endIndex, let first = name.unicodeScalars.first, scalars[index] == first,
            let standIn = Unicode.Scalar(0xF0000 + UInt32(renamedKeys.count))
        else { return false }
        text.unicodeScalars.replaceSubrange(index...index, with: CollectionOfOne(standIn))
        renamedKeys[location] = name
        return true
    }
}

extension YAMLProblem {
    init(_ error: YamlError, text: String) {
        switch error {
        case .scanner(let context, let problem, let mark, _), .parser(let context, let problem, let mark, _):
            let location = SourceLocation(mark)
            if text.utf8.count <= YAMLDocument.Bounds.explainedBytes,
                let problem = YAMLMisreading(
                    of: text,
                    at: location,
                    reading: context.map { SourceLocation($0.mark) }
                ).problem
            {
                self = problem
                return
            }
            let within = context.map { " \($0.text)" + ($0.mark.line < mark.line ? " (line \($0.mark.line))" : "") }
            self.init(
                message: "not YAML: \(problem)\(within ?? "")",
                location: location,
                help: Self.help(problem, at: location, in: text)
            )
        case .composer(_, let problem, let mark, _) where problem.contains("alias"):
            self.init(
                message: "the alias names no anchor that is complete by here",
                location: SourceLocation(mark),
                help: "an anchor (&name) comes before its aliases (*name) and cannot contain itself"
            )
        case .composer(_, let problem, let mark, _):
            let isSecond = problem.contains("another document")
            self.init(
                message: isSecond ? "a second document begins here" : problem,
                location: SourceLocation(mark),
                help: isSecond ? "a file holds one document: move the rest to another file" : nil
            )
        case .reader(let problem, let offset, _, _):
            let index = offset.flatMap { text.index(text.startIndex, offsetBy: $0, limitedBy: text.endIndex) }
            self.init(
                message: "not YAML: \(problem)",
                location: index.map { SourceLines.location(of: $0, in: text) } ?? .start
            )
        default:
            self.init(message: "not YAML: \(error)", location: .start)
        }
    }

    private static func help(_ problem: String, at location: SourceLocation, in text: String) -> String? {
        let isTab = problem.contains("tab character")
        guard isTab || problem.contains("cannot start any token"), let index = SourceLines.index(of: location, in: text)
        else {
            return nil
        }
        return isTab || text.unicodeScalars[index] == "\t"
            ? "YAML is indented with spaces, not tabs" : "put text that begins with such a character in quotes"
    }
}
