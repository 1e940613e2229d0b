/// What was probably meant where the parser gave up, by the mistakes that people make: its own complaint names the place where it
/// noticed, often lines below, and no cure.
struct YAMLMisreading {
    private let lines: [[Unicode.Scalar]]
    private let outline: YAMLOutline
    /// Where the parser gave up.
    private let place: SourceLocation
    /// Where that began which it was reading.
    private let context: SourceLocation?

    init(of text: String, at place: SourceLocation, reading context: SourceLocation?) {
        let source = SourceLines(text)
        var lines: [[Unicode.Scalar]] = []
        while let line = source.line(lines.count + 1) { lines.append(Array(line.unicodeScalars)) }
        self.lines = lines
        self.outline = YAMLOutline(lines)
        self.place = place
        self.context = context
    }

    /// `nil`: none of those mistakes.
    var problem: YAMLProblem? {
        openQuote ?? strayBlank ?? missingSpace ?? openBracket ?? unquotedOpening ?? unquotedColon
    }

    private func problem(_ message: String, at location: SourceLocation, help: String) -> YAMLProblem {
        YAMLProblem(message: "not YAML: \(message)", location: location, help: help)
    }

    private func line(_ number: Int) -> [Unicode.Scalar] {
        lines.indices.contains(number - 1) ? lines[number - 1] : []
    }

    /// The lines in which the cause may stand, nearest first: where the parser gave up, the one before, and where it began.
    private var suspects: [Int] {
        let earlier = stride(from: place.line - 1, to: 0, by: -1).first { !line($0).allSatisfy(\.isBlank) }
        var numbers: [Int] = []
        for number in [context?.line, place.line, earlier] {
            if let number, !numbers.contains(number) { numbers.append(number) }
        }
        return numbers.sorted(by: >)
    }
}

// MARK: - What was opened and not closed
extension YAMLMisreading {
    private var openQuote: YAMLProblem? {
        let quote = outline.pieces.first { piece in
            guard piece.isQuoted, piece.start < place else { return false }
            guard let end = piece.end else { return true }
            return piece.start.line < end.line && end.line == place.line
        }
        guard let quote else { return nil }
        return problem(
            quote.end.map { "the quote that begins here is closed only on line \($0.line)" }
                ?? "the quote that begins here is never closed",
            at: quote.start,
            help: "put another \(quote.opener) where the text ends"
        )
    }

    private var openBracket: YAMLProblem? {
        let bracket = outline.pieces.last { piece in
            guard !piece.isQuoted, piece.start < place else { return false }
            return piece.end == nil
                ? piece.start.line < place.line : piece.end == place && piece.closer != piece.counterpart
        }
        guard let bracket else { return nil }
        if bracket.closer == nil, let swallowed = valueInComment(after: bracket.start) { return swallowed }
        return problem(
            "the '\(bracket.opener)' that begins here is "
                + (bracket.closer.map { "not closed before a '\($0)'" } ?? "never closed"),
            at: bracket.start,
            help: "put a '\(bracket.counterpart)' where it ends"
        )
    }
}

// MARK: - Comments
extension YAMLMisreading {
    /// `{issue: #12, …}`: what was meant as a value is a comment, and so is the bracket's end.
    private func valueInComment(after bracket: SourceLocation) -> YAMLProblem? {
        let line = line(bracket.line)
        let sign = line.indices.dropFirst(bracket.column).first { line[$0] == "#" && line[$0 - 1].isBlank }
        guard let sign, let before = line[..<sign].last(where: { !$0.isBlank }), ":,[".contains(Character(before)),
            line[sign...].contains(where: { "]}".contains(Character($0)) })
        else { return nil }
        let value = text(line[sign...].prefix { !",]}".contains(Character($0)) })
        return problem(
            "what begins with '#' is a comment, and so is the rest of the line",
            at: SourceLocation(line: bracket.line, column: sign + 1),
            help: "put the text in quotes: \(Self.quoted(value))"
        )
    }
}

// MARK: - Blanks
extension YAMLMisreading {
    private var strayBlank: YAMLProblem? {
        for number in suspects {
            guard let index = StrayBlank.index(in: line(number)) else { continue }
            let location = SourceLocation(line: number, column: index + 1)
            return problem(StrayBlank.message(line(number)[index]), at: location, help: StrayBlank.help)
        }
        return nil
    }

    /// `lasts:5h`, a key's only to who reads it.
    private var missingSpace: YAMLProblem? {
        for number in suspects {
            let line = line(number)
            let start = line.firstIndex { !$0.isBlank && $0 != "-" } ?? line.endIndex
            let key = line[start...].prefix { $0 == "_" || ("a"..."z").contains($0) }
            let value = line[key.endIndex...].dropFirst()
            guard !key.isEmpty, key.endIndex < line.endIndex, line[key.endIndex] == ":", let first = value.first,
                !first.isBlank, first != "/"
            else { continue }
            return problem(
                "a space is missing after the colon of '\(text(key))'",
                at: SourceLocation(line: number, column: value.startIndex + 1),
                help: "write \(text(key)): \(text(value).shortened)"
            )
        }
        return nil
    }
}

// MARK: - Text that has to be quoted
extension YAMLMisreading {
    /// `name: {id} Site`: what begins like something else than text, and goes on.
    private var unquotedOpening: YAMLProblem? {
        let line = line(place.line)
        let before = outline.pieces.last { piece in
            guard let end = piece.end, end.line == place.line, end < place else { return false }
            return line[end.column..<(place.column - 1)].allSatisfy(\.isBlank)
        }
        guard let before, before.start.line == place.line, let end = before.end, place.column <= line.count,
            !",}]:#".contains(Character(line[place.column - 1]))
        else { return nil }
        let word = line[(place.column - 1)...].prefix { !$0.isBlank && $0 != ":" }
        if before.isNested, word.endIndex < line.endIndex, line[word.endIndex] == ":" {
            return problem(
                "a comma is missing before '\(text(word))'",
                at: place,
                help: "the keys in {…} are separated by commas"
            )
        }
        let message =
            switch before.opener {
            case "{": "text that begins with '{' is taken for a mapping"
            case "[": "text that begins with '[' is taken for a list"
            default: "more text follows a text in quotes"
            }
        let whole = text(line[(before.start.column - 1)..<valueEnd(from: end.column, isNested: before.isNested)])
        return problem(message, at: before.start, help: "put all of it in quotes: \(Self.quoted(whole))")
    }

    /// `name: Test: one`.
    private var unquotedColon: YAMLProblem? {
        let line = line(place.line)
        guard place.column <= line.count, line[place.column - 1] == ":" else { return nil }
        let isNested =
            context.map { context in outline.pieces.contains { $0.start == context && !$0.isQuoted } } ?? false
        let before = line[..<(place.column - 1)]
        let keyEnd = before.indices.last { before[$0] == ":" && $0 + 1 < before.endIndex && before[$0 + 1].isBlank }
        guard let keyEnd, let start = before[(keyEnd + 1)...].firstIndex(where: { !$0.isBlank }),
            !before[start...].contains(where: { ",{}[]".contains(Character($0)) })
        else { return nil }
        let whole = Self.quoted(text(line[start..<valueEnd(from: place.column, isNested: isNested)]))
        let words = before[start...].split(whereSeparator: \.isBlank)
        var help = "put the text in quotes: \(whole)"
        if isNested, words.count > 1, let last = words.last {
            help = "put a comma before '\(text(last))' if that is a key; else \(help)"
        }
        return problem("a colon and a space within a text are taken for a key's", at: place, help: help)
    }

    /// Where a text ends that goes on after this many scalars of the place's line.
    private func valueEnd(from offset: Int, isNested: Bool) -> Int {
        let line = line(place.line)
        let end = line.indices[offset...].first { index in
            if isNested, ",}]".contains(Character(line[index])) { return true }
            return line[index] == "#" && line[index - 1].isBlank
        }
        return end ?? line.endIndex
    }

    private func text(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
        String(Substring(String(String.UnicodeScalarView(scalars))).trimmed)
    }

    private static func quoted(_ text: String) -> String {
        guard text.contains("\"") || text.contains("\\") else { return "\"\(text)\"" }
        return "'" + text.replacing("'", with: "''") + "'"
    }
}
