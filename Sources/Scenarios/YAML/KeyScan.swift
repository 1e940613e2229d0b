/// Looks for mappings of very many keys before YAML is composed, which takes seconds and hundreds of megabytes for a million of them.
///
/// The scan knows no YAML but its indentation: lines that begin as a key does are counted where they stand below each other, even
/// within a text. What is on one line, in braces, the converter counts.
struct KeyScan {
    private(set) var problem: YAMLProblem?

    init(_ text: String) {
        var text = text
        problem = text.withUTF8(Self.scan)
    }

    static func problem(at location: SourceLocation) -> YAMLProblem {
        YAMLProblem(message: "more than \(YAMLDocument.Bounds.keys) keys in one mapping", location: location)
    }

    private static func scan(_ bytes: UnsafeBufferPointer<UInt8>) -> YAMLProblem? {
        // Of each mapping that the line may belong to, from the outermost: where its keys stand, and how many there were.
        var open: [(column: Int, keys: Int)] = []
        var line = 1
        var start = 0
        while start < bytes.count {
            let end = bytes[start...].firstIndex { $0 == 0x0A || $0 == 0x0D } ?? bytes.count
            var first = start
            while first < end, bytes[first] == 0x20 { first += 1 }
            if first < end, bytes[first] != UInt8(ascii: "#") {
                let column = first - start
                while let last = open.last, last.column > column { open.removeLast() }
                if isKey(UnsafeBufferPointer(rebasing: bytes[first..<end])) {
                    if open.last?.column != column { open.append((column, 0)) }
                    open[open.count - 1].keys += 1
                    if open[open.count - 1].keys > YAMLDocument.Bounds.keys {
                        return problem(at: SourceLocation(line: line, column: column + 1))
                    }
                } else if open.last?.column == column {
                    open.removeLast()
                }
            }
            line += 1
            start = end + (end + 1 < bytes.count && bytes[end] == 0x0D && bytes[end + 1] == 0x0A ? 2 : 1)
        }
        return nil
    }

    /// Whether a colon and a blank, or the line's end, follow something that is no element of a list.
    private static func isKey(_ line: UnsafeBufferPointer<UInt8>) -> Bool {
        if line.first == UInt8(ascii: "-"), line.count == 1 || line[1] == 0x20 { return false }
        return line.indices.contains { index in
            line[index] == UInt8(ascii: ":")
                && (index + 1 == line.count || line[index + 1] == 0x20 || line[index + 1] == 0x09)
        }
    }
}
