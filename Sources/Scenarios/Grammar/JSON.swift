/// A JSON value whose objects keep the order in which they are written.
indirect enum JSON: Sendable {
    case string(String)
    case integer(Int)
    case unsigned(UInt64)
    case bool(Bool)
    case array([JSON])
    case object([(String, JSON)])
    /// Written once, under `$defs`, and referred to from each place where it occurs.
    case definition(String, JSON)

    static func strings(_ strings: [String]) -> JSON { .array(strings.map(JSON.string)) }
}

/// Writes JSON indented by two spaces, in the given order.
struct JSONWriter {
    private(set) var text = ""
    private var depth = 0

    static func write(_ value: JSON) -> String {
        var writer = JSONWriter()
        writer.write(value)
        return writer.text + "\n"
    }

    private mutating func write(_ value: JSON) {
        switch value {
        case .string(let string): text += Self.quoted(string)
        case .integer(let integer): text += String(integer)
        case .unsigned(let integer): text += String(integer)
        case .bool(let bool): text += String(bool)
        case .array(let elements):
            writeList("[", "]", elements) { $0.write($1) }
        case .object(let members):
            writeList("{", "}", members) { writer, member in
                writer.text += Self.quoted(member.0) + ": "
                writer.write(member.1)
            }
        case .definition(let name, _):
            write(.object([("$ref", .string("#/$defs/\(name)"))]))
        }
    }

    private mutating func writeList<Element>(
        _ open: String,
        _ close: String,
        _ elements: [Element],
        _ write: (inout JSONWriter, Element) -> Void
    ) {
        guard !elements.isEmpty else {
            text += open + close
            return
        }
        text += open
        depth += 1
        for (index, element) in elements.enumerated() {
            text += (index == 0 ? "" : ",") + "\n" + String(repeating: "  ", count: depth)
            write(&self, element)
        }
        depth -= 1
        text += "\n" + String(repeating: "  ", count: depth) + close
    }

    /// RFC 8259 §7.
    private static func quoted(_ string: String) -> String {
        var result = "\""
        for scalar in string.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\t": result += "\\t"
            case "\u{0}"..<"\u{20}":
                result += "\\u00" + (scalar.value < 16 ? "0" : "") + String(scalar.value, radix: 16)
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}
