/// Something that is wrong with a file, as data; see ``rendered`` for how people see it.
public struct Diagnostic: Sendable, Hashable {
    public enum Severity: String, Sendable {
        case error, warning
    }

    public var path: String
    /// Both from 1; columns count Unicode scalars. Problems of the file as a whole stand at 1:1.
    public var line: Int
    public var column: Int
    public var severity: Severity
    public var message: String
    /// What to do about it.
    public var suggestion: String?
    /// The source line, or the part of it around the column.
    public var excerpt: Excerpt?

    public init(
        path: String,
        line: Int,
        column: Int,
        severity: Severity = .error,
        message: String,
        suggestion: String? = nil,
        excerpt: Excerpt? = nil
    ) {
        self.path = path
        self.line = line
        self.column = column
        self.severity = severity
        self.message = message
        self.suggestion = suggestion
        self.excerpt = excerpt
    }

    public var location: SourceLocation { SourceLocation(line: line, column: column) }

    /// `path:line:column: error: …`, the source line, a caret beneath it and what to do, each on its own line.
    public var rendered: String {
        var lines = ["\(path):\(line):\(column): \(severity.rawValue): \(message)"]
        if let excerpt {
            lines.append(excerpt.text)
            lines.append(String(repeating: " ", count: excerpt.caret) + "^")
        }
        if let suggestion { lines.append("help: \(suggestion)") }
        return lines.joined(separator: "\n")
    }
}
