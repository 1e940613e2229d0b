internal import Base

/// An element of an XML document, as it is written.
struct XMLElement {
    var name: String
    var attributes: [(name: String, value: String)] = []
    var children: [XMLElement] = []
    var text = ""

    /// XML 1.0, UTF-8, with its declaration and a line feed at the end.
    var document: String { #"<?xml version="1.0" encoding="UTF-8"?>"# + "\n" + rendered(indent: "") }

    private func rendered(indent: String) -> String {
        var xml = "\(indent)<\(name)"
        for attribute in attributes { xml += " \(attribute.name)=\"\(Self.escaped(attribute.value))\"" }
        if children.isEmpty, text.isEmpty { return xml + "/>\n" }
        xml += ">"
        if !text.isEmpty { return xml + Self.escaped(text, isAttribute: false) + "</\(name)>\n" }
        xml += "\n"
        for child in children { xml += child.rendered(indent: indent + "  ") }
        return xml + "\(indent)</\(name)>\n"
    }

    /// What XML 1.0 §2.2 does not allow at all is shown by pictures; in attributes, where a reader turns line feeds and tabs into
    /// blanks (§3.3.3), those are written as references.
    static func escaped(_ text: String, isAttribute: Bool = true) -> String {
        text.printable(keepingLines: true).escaped { scalar in
            switch scalar {
            case "&": "&amp;"
            case "<": "&lt;"
            case ">": "&gt;"
            case "\"" where isAttribute: "&quot;"
            case "\n" where isAttribute: "&#10;"
            case "\t" where isAttribute: "&#9;"
            default: nil
            }
        }
    }
}
