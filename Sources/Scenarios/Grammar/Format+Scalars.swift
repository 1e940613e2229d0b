internal import Base
import DemandResponse

extension Format where Value == String {
    /// Text that is not empty. What YAML takes for a number or a truth value has to be quoted.
    static func text(_ rule: TextRule) -> Format {
        Format(
            schema: .members(
                [("type", .string("string")), ("minLength", .integer(1)), ("maxLength", JSON(rule.longest))]
                    + editorMessage("expected text; put in quotes what looks like a number or a truth value")
            ),
            expected: "text"
        ) { node, diagnostics in
            guard let text = text(in: node, diagnostics) else { return nil }
            guard let refusal = rule.refusal(of: text) else { return text }
            diagnostics.error("the text \(refusal)", at: node.location)
            return nil
        }
    }

    private static func text(in node: YAMLNode, _ diagnostics: Diagnostics) -> String? {
        guard let scalar = node.scalar, scalar.kind == .text else {
            let isQuotable = node.scalar.map { !$0.text.isEmpty } ?? false
            diagnostics.mismatch(
                node,
                expected: "text",
                help: isQuotable ? "put it in quotes: \"\(node.scalar?.text ?? "")\"" : nil
            )
            return nil
        }
        guard !scalar.text.isEmpty else {
            diagnostics.error("expected text, found none", at: node.location)
            return nil
        }
        return scalar.text
    }

    /// Text with gaps of these names.
    static func template(_ names: [String], _ rule: TextRule) -> Format {
        var format = Format.text(rule)
        let known = names.map { "{\($0)}" }.joined(separator: ", ")
        format.schema = .members(
            [
                ("type", .string("string")), ("minLength", .integer(1)), ("maxLength", JSON(rule.longest)),
                ("pattern", .string(#"^(?![\s\S]*\{(?!(?:\#(names.joined(separator: "|")))\})[A-Za-z_]+\})"#)),
                ("description", .string("Text in which \(known) stand for what they name.")),
            ] + editorMessage("expected text; only these may stand in braces: \(names.joined(separator: ", "))")
        )
        let text = format.read
        format.read = { node, diagnostics in
            guard let template = text(node, diagnostics) else { return nil }
            guard let unknown = MessageTemplate.names(in: template).first(where: { !names.contains($0) }) else {
                return template
            }
            diagnostics.error(
                "nothing is known as {\(unknown)} here",
                at: node.location,
                help: Spelling.help(unknown, among: names, called: "names")
            )
            return nil
        }
        return format
    }
}

extension Format where Value == Int {
    static func integer(_ range: ClosedRange<Int>) -> Format {
        Format(
            schema: .members([
                ("type", .string("integer")), ("minimum", JSON(range.lowerBound)),
                ("maximum", JSON(range.upperBound)),
            ]),
            expected: "an integer"
        ) { node, diagnostics in
            guard let scalar = node.scalar, scalar.kind == .integer else {
                diagnostics.mismatch(node, expected: "an integer")
                return nil
            }
            if let decimal = scalar.decimal {
                diagnostics.error(
                    "\(scalar.text.shortened) is not in decimal digits",
                    at: node.location,
                    help: "write it as \(decimal)"
                )
                return nil
            }
            guard let value = Int(scalar.text), range.contains(value) else {
                diagnostics.error(
                    "\(scalar.text.shortened) is not within \(range.lowerBound) … \(range.upperBound)",
                    at: node.location
                )
                return nil
            }
            return value
        }
    }
}

extension Format where Value == UInt64 {
    static let seed = Format(
        schema: .members([
            ("type", .string("integer")), ("minimum", .integer(0)), ("maximum", .unsigned(.max)),
        ]),
        expected: "an integer"
    ) { node, diagnostics in
        guard let scalar = node.scalar, scalar.kind == .integer else {
            diagnostics.mismatch(node, expected: "an integer")
            return nil
        }
        guard let value = UInt64(scalar.text), scalar.decimal == nil else {
            diagnostics.error(
                "\(scalar.text.shortened) is not an unsigned integer of 64 bits",
                at: node.location,
                help: scalar.decimal.map { "write it as \($0)" } ?? "seeds are 0 … \(UInt64.max)"
            )
            return nil
        }
        return value
    }
}

extension Format where Value == Bool {
    static let bool = Format(
        schema: .members([("type", .string("boolean"))] + editorMessage("write true or false")),
        expected: "true or false"
    ) { node, diagnostics in
        guard let scalar = node.scalar, scalar.kind == .bool else {
            diagnostics.mismatch(node, expected: "true or false", help: truthHelp(node.scalar?.text ?? ""))
            return nil
        }
        return scalar.text.lowercased() == "true"
    }

    /// YAML 1.1 knew more words for them.
    private static func truthHelp(_ text: String) -> String {
        switch text.lowercased() {
        case "yes", "y", "on", "1": "write true"
        case "no", "n", "off", "0": "write false"
        default: "write true or false"
        }
    }
}

extension Format {
    /// One of some words, each standing for a value.
    static func words(_ words: [(String, Value)], called name: String, plural: String) -> Format {
        let known = words.map(\.0)
        let schema: JSON =
            known.count == 1 ? .members([("const", .string(known[0]))]) : .members([("enum", .strings(known))])
        let expected = known.count == 1 ? "'\(known[0])'" : "a \(name)"
        return Format(schema: schema, expected: expected) { node, diagnostics in
            guard let scalar = node.scalar, scalar.kind != .null else {
                diagnostics.mismatch(node, expected: "a \(name)")
                return nil
            }
            guard let word = words.first(where: { $0.0 == scalar.text }) else {
                diagnostics.error(
                    "'\(scalar.text.shortened)' is not a \(name)",
                    at: node.location,
                    help: Spelling.help(scalar.text, among: known, called: plural)
                )
                return nil
            }
            return word.1
        }
    }

    /// A text in a notation.
    static func notation(_ notation: Notation<Value>, snippets: [Snippet] = []) -> Format {
        let expected = notation.withArticle
        let members: [(String, JSON)] = [
            ("title", .string(notation.name)), ("description", .string(notation.documentation)),
            ("type", .string("string")), ("pattern", .string("^(?:\(notation.pattern))$")),
            ("examples", .strings(notation.examples)),
        ]
        let message = editorMessage("expected \(expected), as \(notation.examples(fitting: 70))")
        let schema = JSON.members(members + message + Snippet.members(snippets))
        let definition = notation.name.split(separator: " ").joined(separator: "_")
        return Format(
            schema: .definition(definition, schema),
            expected: expected,
            flowTail: notation.flowTail,
            example: notation.examples.first
        ) { node, diagnostics in
            guard let scalar = node.scalar, scalar.kind == .text else {
                let examples = notation.examples.joined(separator: ", ")
                diagnostics.mismatch(node, expected: expected, help: "write it as \(examples)")
                return nil
            }
            do throws(NotationProblem) {
                return try notation.parse(scalar.text[...])
            } catch {
                diagnostics.report(error, in: node)
                return nil
            }
        }
    }
}

/// What editors show in place of a pattern or of the name of a type: YAML's language server and Visual Studio Code know these keys,
/// which are not JSON Schema's own.
private func editorMessage(_ message: String) -> [(String, JSON)] {
    [("errorMessage", .string(message)), ("patternErrorMessage", .string(message))]
}
