/// The lines of a text, found as YAML finds them: ended by line feed, carriage return, or both.
struct SourceLines {
    private let text: String
    /// Where each line starts, as offsets in UTF-8.
    private let starts: [Int]

    init(_ text: String) {
        var text = text
        self.starts = text.withUTF8 { bytes in
            var starts = [0]
            for (offset, byte) in bytes.enumerated() {
                let isEnd = byte == 0x0A || (byte == 0x0D && !(offset + 1 < bytes.count && bytes[offset + 1] == 0x0A))
                if isEnd { starts.append(offset + 1) }
            }
            return starts
        }
        self.text = text
    }

    /// The line of this number, from 1, without its end; `nil` beyond the last.
    func line(_ number: Int) -> Substring? {
        guard starts.indices.contains(number - 1) else { return nil }
        let utf8 = text.utf8
        let start = utf8.index(utf8.startIndex, offsetBy: starts[number - 1])
        let end = number < starts.count ? utf8.index(utf8.startIndex, offsetBy: starts[number]) : utf8.endIndex
        var line = utf8[start..<end]
        while let last = line.last, last == 0x0A || last == 0x0D { line = line.dropLast() }
        return Substring(line)
    }

    /// The scalar at a place; `nil` beyond the line's end.
    static func index(of location: SourceLocation, in text: String) -> String.Index? {
        guard let line = SourceLines(text).line(location.line) else { return nil }
        let scalars = line.unicodeScalars
        let index = scalars.index(scalars.startIndex, offsetBy: location.column - 1, limitedBy: scalars.endIndex)
        return index == scalars.endIndex ? nil : index
    }

    static func location(of index: String.Index, in text: String) -> SourceLocation {
        let before = text.unicodeScalars[..<index]
        var location = SourceLocation.start
        var previous: Unicode.Scalar?
        for scalar in before {
            let isEnd = scalar == "\n" ? previous != "\r" : scalar == "\r"
            if isEnd {
                location = SourceLocation(line: location.line + 1, column: 1)
            } else if scalar != "\n" {
                location.column += 1
            }
            previous = scalar
        }
        return location
    }
}
