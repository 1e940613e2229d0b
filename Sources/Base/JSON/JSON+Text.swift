extension JSON {
    /// The value as a document to be read by people, too: two blanks for each level, a line feed at the end.
    /// - Parameter sortingKeys: two documents that are equal but for the order of their members are equal texts.
    public func document(sortingKeys: Bool = false) -> String {
        var writer = DocumentWriter(sortsKeys: sortingKeys)
        writer.write(self)
        return writer.text + "\n"
    }
}

private struct DocumentWriter {
    let sortsKeys: Bool
    var text = ""
    private var depth = 0

    init(sortsKeys: Bool) { self.sortsKeys = sortsKeys }

    mutating func write(_ value: JSON) {
        switch value {
        case .null: text += "null"
        case .bool(let bool): text += String(bool)
        case .integer(let number): text += String(number)
        case .unsigned(let number): text += String(number)
        case .number(let number) where number.isFinite: text += Units.factor(number)
        case .number(let number): text += number.isNaN ? "\"nan\"" : number < 0 ? "\"-infinity\"" : "\"infinity\""
        case .string(let string): text += Self.quoted(string)
        case .array(let elements): writeList("[", "]", elements) { $0.write($1) }
        case .binary(let bytes): writeList("[", "]", bytes) { $0.text += String($1) }
        case .object(let object):
            let members = sortsKeys ? object.members.sorted { $0.key < $1.key } : object.members
            writeList("{", "}", members) { writer, member in
                writer.text += Self.quoted(member.key) + ": "
                writer.write(member.value)
            }
        }
    }

    private mutating func writeList<Element>(
        _ open: String,
        _ close: String,
        _ elements: [Element],
        _ write: (inout DocumentWriter, Element) -> Void
    ) {
        text += open
        depth += 1
        for (index, element) in elements.enumerated() {
            text += (index == 0 ? "" : ",") + "\n" + String(repeating: "  ", count: depth)
            write(&self, element)
        }
        depth -= 1
        text += (elements.isEmpty ? "" : "\n" + String(repeating: "  ", count: depth)) + close
    }

    /// RFC 8259 §7.
    private static func quoted(_ string: String) -> String {
        let inside = string.escaped { scalar in
            switch scalar {
            case "\"": "\\\""
            case "\\": "\\\\"
            case "\n": "\\n"
            case "\t": "\\t"
            case "\u{0}"..<"\u{20}": "\\u00" + (scalar.value < 16 ? "0" : "") + String(scalar.value, radix: 16)
            default: nil
            }
        }
        return "\"\(inside)\""
    }
}
