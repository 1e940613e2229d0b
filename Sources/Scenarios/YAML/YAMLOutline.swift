/// Where the quotes and brackets of a text begin and end, in a text that is not YAML as it stands.
///
/// The parser says where it gave up; what was forgotten usually stands earlier. The outline is read without a grammar, so that it goes
/// on where the parser cannot.
struct YAMLOutline {
    struct Piece {
        var opener: Unicode.Scalar
        var start: SourceLocation
        /// Its last scalar; `nil`: it is never closed.
        var end: SourceLocation?
        /// What closed it: for a bracket, perhaps one of the other kind.
        var closer: Unicode.Scalar?
        /// Whether it stands within brackets.
        var isNested: Bool

        var isQuoted: Bool { opener == "\"" || opener == "'" }
        var counterpart: Unicode.Scalar {
            switch opener {
            case "{": "}"
            case "[": "]"
            default: opener
            }
        }
    }

    /// In the order of their starts.
    private(set) var pieces: [Piece] = []
    /// The brackets that are open, and last a quote that is.
    private var open: [Int] = []
    private var mayBeginToken = true
    /// Within a block scalar: how far the line is indented that began it.
    private var blockIndent: Int?

    init(_ lines: [[Unicode.Scalar]]) {
        for (index, line) in lines.enumerated() { read(line, number: index + 1) }
    }

    private var openQuote: Int? { open.last.flatMap { pieces[$0].isQuoted ? $0 : nil } }

    private mutating func read(_ line: [Unicode.Scalar], number: Int) {
        let indent = line.prefix { $0 == " " }.count
        if let blockIndent, open.isEmpty {
            if indent == line.count || indent > blockIndent { return }
            self.blockIndent = nil
        }
        if open.isEmpty { mayBeginToken = true }
        var column = 0
        while column < line.count {
            let location = SourceLocation(line: number, column: column + 1)
            let next = column + 1 < line.count ? line[column + 1] : " "
            if let quote = openQuote {
                column += quoted(line[column], next: next, quote, at: location)
                continue
            }
            let previous = column > 0 ? line[column - 1] : " "
            if line[column] == "#", previous.isBlank { return }
            if open.isEmpty, mayBeginToken, line[column] == "|" || line[column] == ">" {
                blockIndent = indent
                return
            }
            plain(line[column], next: next, at: location)
            column += 1
        }
    }

    /// How many scalars have been read.
    private mutating func quoted(
        _ scalar: Unicode.Scalar,
        next: Unicode.Scalar,
        _ quote: Int,
        at location: SourceLocation
    ) -> Int {
        let opener = pieces[quote].opener
        if opener == "\"", scalar == "\\" { return 2 }
        guard scalar == opener else { return 1 }
        if opener == "'", next == "'" { return 2 }
        close(with: scalar, at: location)
        return 1
    }

    private mutating func plain(_ scalar: Unicode.Scalar, next: Unicode.Scalar, at location: SourceLocation) {
        switch scalar {
        case " ", "\t": break
        case "\"" where mayBeginToken, "'" where mayBeginToken: begin(scalar, at: location)
        case "{", "[":
            if mayBeginToken || !open.isEmpty { begin(scalar, at: location) }
            mayBeginToken = !open.isEmpty
        case "}" where !open.isEmpty, "]" where !open.isEmpty: close(with: scalar, at: location)
        case "," where !open.isEmpty: mayBeginToken = true
        case ":" where next.isBlank: mayBeginToken = true
        case "-" where next.isBlank && mayBeginToken, "?" where next.isBlank && mayBeginToken: break
        default: mayBeginToken = false
        }
    }

    private mutating func begin(_ opener: Unicode.Scalar, at location: SourceLocation) {
        open.append(pieces.count)
        pieces.append(Piece(opener: opener, start: location, isNested: open.count > 1))
    }

    private mutating func close(with closer: Unicode.Scalar, at location: SourceLocation) {
        guard let last = open.popLast() else { return }
        pieces[last].end = location
        pieces[last].closer = closer
        mayBeginToken = false
    }
}

extension Unicode.Scalar {
    var isBlank: Bool { self == " " || self == "\t" }
}
