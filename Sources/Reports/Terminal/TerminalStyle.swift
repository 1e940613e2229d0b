/// What the place that a report is written to can show.
public struct TerminalStyle: Sendable, Equatable {
    public static let widest = 80
    public static let narrowest = 50

    public var hasColour: Bool
    /// Otherwise words and ASCII stand for marks: `ok` and `FAILED`.
    public var hasUnicode: Bool
    /// In columns, from `narrowest` to `widest`.
    public let width: Int
    /// There is no room for the long names of things, nor for two statistics of each.
    var isNarrow: Bool { width < 72 }

    public init(hasColour: Bool = false, hasUnicode: Bool = true, width: Int = TerminalStyle.widest) {
        self.hasColour = hasColour
        self.hasUnicode = hasUnicode
        self.width = min(max(width, Self.narrowest), Self.widest)
    }

    /// Reads what the environment wants: `NO_COLOR` (https://no-color.org), `CLICOLOR_FORCE`, `TERM`, `COLUMNS`, and the
    /// locale's encoding (POSIX: the first of `LC_ALL`, `LC_CTYPE` and `LANG` that is not empty).
    /// - Parameter width: the terminal's own word; `COLUMNS` wins.
    public static func detect(
        environment: [String: String],
        isTerminal: Bool,
        width: Int? = nil
    ) -> TerminalStyle {
        func value(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }
        let isForced = value("CLICOLOR_FORCE").map { $0 != "0" } ?? false
        let isDumb = value("TERM") == "dumb"
        let locale = (value("LC_ALL") ?? value("LC_CTYPE") ?? value("LANG"))?.lowercased()
        let columns = value("COLUMNS").flatMap { Int($0) }.flatMap { $0 > 0 ? $0 : nil }
        return TerminalStyle(
            hasColour: value("NO_COLOR") == nil && (isForced || isTerminal && !isDumb),
            // Without any locale this is a container or a CI job, whose logs are read as UTF-8.
            hasUnicode: locale.map { $0.contains("utf-8") || $0.contains("utf8") } ?? true,
            width: columns ?? width ?? widest
        )
    }
}

/// The few colours of the reports. They repeat what words and marks say already.
enum Colour: String {
    case bold = "1"
    case dim = "2"
    case red = "31"
    case green = "32"
    case yellow = "33"
    case boldRed = "1;31"
    case boldGreen = "1;32"
}

extension TerminalStyle {
    func paint(_ text: String, _ colour: Colour?) -> String {
        guard hasColour, let colour, !text.isEmpty else { return text }
        return "\u{1B}[\(colour.rawValue)m\(text)\u{1B}[0m"
    }

    /// A mark and its colour.
    func mark(_ held: Bool) -> String {
        held ? paint(hasUnicode ? "✓" : "ok    ", .green) : paint(hasUnicode ? "✗" : "FAILED", .boldRed)
    }

    /// Of what is known to fall short.
    var knownMark: String { paint(hasUnicode ? "~" : "known ", .yellow) }

    /// Columns that a mark takes.
    var markWidth: Int { hasUnicode ? 1 : 6 }

    var ellipsis: String { hasUnicode ? "…" : "..." }
    var dash: String { hasUnicode ? "–" : "-" }
    var separator: String { hasUnicode ? " · " : " | " }

    /// The report's own signs in ASCII, where that is all there is.
    func plain(_ text: String) -> String {
        guard !hasUnicode else { return text }
        let signs: [Character: String] = ["·": "|", "–": "-", "…": "...", "µ": "u", "×": "x", "✓": "ok", "✗": "FAILED"]
        return text.reduce(into: "") { $0 += signs[$1] ?? String($1) }
    }
}
