internal import Base

/// How a value stands in a file: one declaration, from which both the reader and the JSON Schema come.
struct Format<Value: Sendable>: Sendable {
    var schema: JSON
    /// What messages call it, as `a duration`.
    var expected: String
    /// See ``Notation/flowTail``.
    var flowTail: String?
    /// How one may be written, for messages about a place that holds something else.
    var example: String?
    /// `nil` if the node does not hold such a value; then at least one diagnostic says why.
    var read: @Sendable (YAMLNode, Diagnostics) -> Value?
}

/// A value with its place, for checks that come later.
struct Located<Value: Sendable>: Sendable {
    var value: Value
    var location: SourceLocation
}

extension Format {
    /// Values in a format with their places.
    static func located<Plain>(_ plain: Format<Plain>) -> Format where Value == Located<Plain> {
        plain.map { Located(value: $0, location: $1.location) }
    }

    func map<Other>(_ transform: @escaping @Sendable (Value, YAMLNode) -> Other?) -> Format<Other> {
        Format<Other>(schema: schema, expected: expected, flowTail: flowTail, example: example) { node, diagnostics in
            read(node, diagnostics).flatMap { transform($0, node) }
        }
    }

    /// The same format, set apart in the schema under a name.
    func named(_ name: String) -> Format {
        var format = self
        format.schema = .definition(name, schema)
        return format
    }

    /// A scalar in one format, or anything else in another.
    static func either(scalar: Format, else other: Format) -> Format {
        Format(
            schema: .members([("anyOf", .array([scalar.schema, other.schema]))]),
            expected: "\(scalar.expected) or \(other.expected)"
        ) { node, diagnostics in
            guard let text = node.scalar else { return other.read(node, diagnostics) }
            guard text.kind != .null else {
                diagnostics.mismatch(node, expected: "\(scalar.expected) or \(other.expected)")
                return nil
            }
            return scalar.read(node, diagnostics)
        }
    }

    /// A list, of which every element is read.
    static func list<Element>(
        of element: Format<Element>,
        schema members: [(String, JSON)] = []
    ) -> Format where Value == [Element] {
        Format(
            schema: .members([("type", .string("array")), ("items", element.schema)] + members),
            expected: "a list"
        ) { node, diagnostics in
            guard case .sequence(let nodes) = node.content else {
                diagnostics.mismatch(node, expected: "a list", help: node.listHelp(example: element.example))
                return nil
            }
            var elements: [Element] = []
            elements.reserveCapacity(nodes.count)
            for node in nodes {
                if let value = element.read(node, diagnostics) { elements.append(value) }
            }
            return elements
        }
    }

    /// A list whose elements each stand once in it.
    ///
    /// - Parameters:
    ///   - name: what messages call an element.
    ///   - text: how an element is written.
    static func distinct<Element: Equatable>(
        _ element: Format<Element>,
        called name: String,
        _ text: @escaping @Sendable (Element) -> String
    ) -> Format where Value == [Element] {
        let list = Format<[Located<Element>]>.list(of: .located(element), schema: [("uniqueItems", .bool(true))])
        return Format(schema: list.schema, expected: list.expected) { node, diagnostics in
            guard let located = list.read(node, diagnostics) else { return nil }
            var values: [Element] = []
            for element in located {
                if values.contains(element.value) {
                    diagnostics.error(
                        "the \(name) '\(text(element.value))' stands twice",
                        at: element.location,
                        help: "keep one of them"
                    )
                } else {
                    values.append(element.value)
                }
            }
            return values
        }
    }

    /// One, or a list of them.
    static func oneOrMore<Element>(_ element: Format<Element>) -> Format where Value == [Element] {
        let list = Format.list(of: element)
        return Format(
            schema: .members([("anyOf", .array([element.schema, list.schema]))]),
            expected: "\(element.expected) or a list"
        ) { node, diagnostics in
            if case .sequence = node.content { return list.read(node, diagnostics) }
            return element.read(node, diagnostics).map { [$0] }
        }
    }
}

extension Diagnostics {
    func mismatch(_ node: YAMLNode, expected: String, help: String? = nil) {
        error("expected \(expected), found \(node.kindDescription)", at: node.location, help: help)
    }

    /// A problem within a scalar's text: at its very place if the source holds the text as it is.
    func report(_ problem: NotationProblem, in node: YAMLNode) {
        error(problem.message, at: node.location(ofOffset: problem.offset), help: problem.help)
    }
}

extension YAMLNode {
    /// How to make a list of what is none.
    fileprivate func listHelp(example: String?) -> String {
        let dashed = "write a list, a dash before each element"
        guard let scalar else { return example.map { "\(dashed): - \($0)" } ?? dashed }
        if scalar.kind == .null { return "[] is an empty one" }
        let isWord = !scalar.text.contains { ",:#[]{}\"'".contains($0) }
        let text = scalar.text.shortened
        return isWord ? "write a list: [\(text)]" : "\(dashed): - \(text)"
    }

    func location(ofOffset offset: Int) -> SourceLocation {
        guard offset > 0, let scalar, let indent = scalar.indent else { return location }
        return SourceLocation(line: location.line, column: location.column + indent + offset, file: location.file)
    }
}
