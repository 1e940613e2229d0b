/// Finds the JSON documents of a file and the lines on which they begin, without reading what is in them: so one that is
/// broken is named, and the others are still read.
struct DocumentScanner {
    struct Document {
        var line: Int
        var bytes: ArraySlice<UInt8>
    }

    private let bytes: [UInt8]
    private var position = 0
    private var line = 1
    private(set) var problems: [(line: Int, message: String)] = []

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    static func isBlank(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") || byte == UInt8(ascii: "\n")
            || byte == UInt8(ascii: "\r")
    }

    mutating func documents() -> [Document] {
        skipBlanks()
        if peek() == UInt8(ascii: "[") { return elements() }
        return hasOneDocumentALine() ? lines() : successiveDocuments()
    }

    /// A JSON array: as mongoexport writes it with `--jsonArray`.
    private mutating func elements() -> [Document] {
        var documents: [Document] = []
        position += 1
        skipBlanks()
        while let byte = peek(), byte != UInt8(ascii: "]") {
            guard let document = document() else { return documents }
            documents.append(document)
            skipBlanks()
            if peek() == UInt8(ascii: ",") {
                position += 1
                skipBlanks()
                if peek() == UInt8(ascii: "]") { problems.append((line, "a document is missing after the comma")) }
            } else if peek() != UInt8(ascii: "]") {
                break
            }
        }
        guard peek() == UInt8(ascii: "]") else {
            problems.append((line, "a comma or the end of the array, ], is missing here"))
            return documents
        }
        position += 1
        skipBlanks()
        if position < bytes.count { problems.append((line, "there is something after the end of the array")) }
        return documents
    }

    /// Each line by itself: as mongoexport writes it by default.
    private func lines() -> [Document] {
        var documents: [Document] = []
        var line = 1
        for text in bytes.split(omittingEmptySubsequences: false, whereSeparator: { $0 == 0x0A || $0 == 0x0D }) {
            if !text.allSatisfy(Self.isBlank) { documents.append(Document(line: line, bytes: text)) }
            if endsLine(at: text.endIndex) { line += 1 }
        }
        return documents
    }

    /// Documents over several lines, one after the other: as mongoexport writes them with `--pretty`.
    private mutating func successiveDocuments() -> [Document] {
        var documents: [Document] = []
        while position < bytes.count, let document = document() {
            documents.append(document)
            skipBlanks()
        }
        return documents
    }

    /// Whether the first line holds a whole document, or the next one begins another.
    private func hasOneDocumentALine() -> Bool {
        let rest = bytes[position...]
        guard let end = rest.firstIndex(where: { $0 == 0x0A || $0 == 0x0D }) else { return true }
        if let last = self.end(from: position), last <= end { return true }
        return rest[end...].first { !($0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r")) } == UInt8(ascii: "{")
    }

    private mutating func document() -> Document? {
        let first = line
        guard peek() == UInt8(ascii: "{") else {
            problems.append((line, "a document, {…}, must begin here"))
            return nil
        }
        guard let end = end(from: position) else {
            problems.append((line, "the document that begins here does not end"))
            return nil
        }
        let document = Document(line: first, bytes: bytes[position..<end])
        line += document.bytes.indices.count { endsLine(at: $0) }
        position = end
        return document
    }

    /// Behind the brace that closes the one at `start`; braces within strings do not count.
    private func end(from start: Int) -> Int? {
        var depth = 0
        var isInString = false
        var index = start
        while index < bytes.count {
            switch bytes[index] {
            case UInt8(ascii: "\\") where isInString: index += 1
            case UInt8(ascii: "\""): isInString.toggle()
            case UInt8(ascii: "{") where !isInString: depth += 1
            case UInt8(ascii: "}") where !isInString:
                depth -= 1
                if depth == 0 { return index + 1 }
            default: break
            }
            index += 1
        }
        return nil
    }

    private func peek() -> UInt8? {
        position < bytes.count ? bytes[position] : nil
    }

    private mutating func skipBlanks() {
        while let byte = peek(), Self.isBlank(byte) {
            if endsLine(at: position) { line += 1 }
            position += 1
        }
    }

    /// Whether a line ends with this byte, as editors count: the last of a line feed, a carriage return, or both.
    private func endsLine(at index: Int) -> Bool {
        guard index < bytes.count else { return false }
        return bytes[index] == 0x0A || bytes[index] == 0x0D && !(index + 1 < bytes.count && bytes[index + 1] == 0x0A)
    }
}
