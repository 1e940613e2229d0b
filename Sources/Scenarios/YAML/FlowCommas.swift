/// Lets `lognormal(median 90s, p95 6m)` stand unquoted in `{after: …}`, where YAML ends a plain scalar at the comma.
///
/// Before YAML is composed, the commas between the parentheses of such a term are each replaced by a private-use scalar,
/// one for one so that no column moves; whoever reads a scalar's text puts them back. So are the next-line sign and the line and
/// paragraph separators, which end a line to YAML 1.1's parser and to no editor.
struct FlowCommas {
    /// The text to be composed.
    private(set) var masked: String
    /// Whether there is anything to put back.
    private(set) var isMasked = false

    private static let standIn: Unicode.Scalar = "\u{10F8FE}"
    private static let separators: [Unicode.Scalar: Unicode.Scalar] = [
        "\u{85}": "\u{10F8FB}", "\u{2028}": "\u{10F8FC}", "\u{2029}": "\u{10F8FD}",
    ]
    private static let originals: [Unicode.Scalar: Unicode.Scalar] = Dictionary(
        uniqueKeysWithValues: separators.map { ($1, $0) } + [(standIn, "," as Unicode.Scalar)]
    )

    init(_ text: String) {
        masked = text
        guard !text.utf8.allSatisfy({ $0 < 0x80 && $0 != UInt8(ascii: "(") }),
            !text.unicodeScalars.contains(where: { Self.originals[$0] != nil })
        else { return }
        var text = maskSeparators(text)
        guard text.utf8.contains(UInt8(ascii: "(")) else { return }
        var bytes: [UInt8] = []
        text.withUTF8 { source in
            var copied = 0
            var offset = 1
            while offset < source.count {
                defer { offset += 1 }
                guard source[offset] == UInt8(ascii: "("), Self.isLetter(source[offset - 1]),
                    let close = Self.close(source, after: offset)
                else { continue }
                for comma in offset..<close where source[comma] == UInt8(ascii: ",") {
                    bytes += source[copied..<comma]
                    bytes += Array(String(Self.standIn).utf8)
                    copied = comma + 1
                }
                offset = close
            }
            if copied > 0 { bytes += source[copied...] }
        }
        guard !bytes.isEmpty else { return }
        masked = String(decoding: bytes, as: UTF8.self)
        isMasked = true
    }

    private mutating func maskSeparators(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: { Self.separators[$0] != nil }) else { return text }
        masked = String(String.UnicodeScalarView(text.unicodeScalars.map { Self.separators[$0] ?? $0 }))
        isMasked = true
        return masked
    }

    func restore(_ text: String) -> String {
        guard isMasked, text.unicodeScalars.contains(where: { Self.originals[$0] != nil }) else { return text }
        return String(String.UnicodeScalarView(text.unicodeScalars.map { Self.originals[$0] ?? $0 }))
    }

    /// The closing parenthesis, if nothing but words, numbers and commas comes before it.
    private static func close(_ source: UnsafeBufferPointer<UInt8>, after open: Int) -> Int? {
        var offset = open + 1
        while offset < source.count {
            switch source[offset] {
            case UInt8(ascii: ")"): return offset
            case UInt8(ascii: ","), UInt8(ascii: " "), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "0")...UInt8(ascii: "9"):
                offset += 1
            case let byte where isLetter(byte): offset += 1
            default: return nil
            }
        }
        return nil
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte | 0x20
    }
}
