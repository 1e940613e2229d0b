internal import Foundation

/// Text that can stand in a header: on one line, whatever it was made of. The only way for text of others into a header.
public struct HeaderText: Hashable, Sendable {
    let text: String

    /// How many characters are kept: names may be longer than a subject can usefully be.
    private static let limit = 300

    /// What would end or bend a line becomes a blank: controls, line and paragraph separators, marks of direction.
    public init(_ text: String) {
        var line = String.UnicodeScalarView()
        for scalar in text.unicodeScalars.prefix(Self.limit * 4) {
            switch scalar.properties.generalCategory {
            case .control, .lineSeparator, .paragraphSeparator, .surrogate, .unassigned: line.append(" ")
            case .format where scalar != "\u{200D}" && scalar != "\u{200C}": line.append(" ")
            default: line.append(scalar)
            }
        }
        let whole = String(line)
        self.text = whole.count > Self.limit ? whole.prefix(Self.limit - 1) + "…" : whole
    }

    private var isPlain: Bool { text.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F } && !text.contains("=?") }

    /// As unstructured text (RFC 5322 §2.2.1), folded (§2.2.3); beyond ASCII as encoded words (RFC 2047).
    func unstructured(after width: Int) -> String {
        isPlain ? Self.folded(text, after: width) : Self.encodedWords(text, after: width)
    }

    /// As the name before an address: a quoted string (RFC 5322 §3.2.4) or encoded words.
    func phrase(after width: Int) -> String {
        guard isPlain, text.count < 60 else { return Self.encodedWords(text, after: width) }
        let escaped = text.map { $0 == "\"" || $0 == "\\" ? "\\\($0)" : String($0) }.joined()
        return "\"\(escaped)\""
    }

    private static func folded(_ text: String, after width: Int) -> String {
        var lines = ""
        var column = width
        for word in text.split(separator: " ") {
            // A word that is longer than a line may be (RFC 5322 §2.1.1) is broken as encoded words are.
            guard word.count <= 900 else { return encodedWords(text, after: width) }
            if column > width, column + 1 + word.count > 76 {
                lines += "\r\n"
                column = 0
            }
            if column != width || !lines.isEmpty { lines += " " }
            lines += word
            column += 1 + word.count
        }
        return lines
    }

    /// RFC 2047 §2: at most 75 characters each, with whole characters in each, a fold between two.
    private static func encodedWords(_ text: String, after width: Int) -> String {
        let room = (75 - "=?UTF-8?B??=".count) / 4 * 3
        var words: [String] = []
        var bytes: [UInt8] = []
        var limit = max(12, room - width)
        for scalar in text.unicodeScalars {
            let more = Array(String(scalar).utf8)
            if bytes.count + more.count > limit {
                words.append(Data(bytes).base64EncodedString())
                bytes = []
                limit = room
            }
            bytes += more
        }
        words.append(Data(bytes).base64EncodedString())
        return words.map { "=?UTF-8?B?\($0)?=" }.joined(separator: "\r\n ")
    }
}
