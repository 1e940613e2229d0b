internal import Base

/// Values for names that stand in a scenario as `$(name)`: a scenario for each combination of them.
struct Matrix: Sendable {
    static let mostCombinations = 100

    struct Axis: Sendable {
        var name: Located<String>
        var values: [Located<YAMLScalar>]
    }

    var axes: [Axis]
    var location: SourceLocation

    /// In the order of the file, the last name's values one after the other first.
    var combinations: [Combination] {
        axes.reduce([Combination(values: [])]) { combinations, axis in
            combinations.flatMap { combination in
                axis.values.map { Combination(values: combination.values + [(axis.name.value, $0.value)]) }
            }
        }
    }
}

/// A value for each name of a matrix.
struct Combination: Sendable {
    var values: [(name: String, value: YAMLScalar)]

    /// `loss 1%, ping 10s`
    var text: String { values.map { "\($0.name) \($0.value.text)" }.joined(separator: ", ") }

    func value(_ name: some StringProtocol) -> YAMLScalar? { values.first { $0.name == name }?.value }
}

extension Format where Value == Matrix {
    private static let longestValue = 60
    private static let longestName = 200

    /// Names and their values.
    static let matrix = Format(
        schema: .members([
            ("title", .string("matrix")),
            (
                "description",
                .string(
                    "Values for names; a scenario for each combination of them, in which $(name) stands for a value."
                )
            ),
            ("type", .string("object")), ("minProperties", .integer(1)),
            ("propertyNames", Notation<String>.matrixName.pattern.schemaOfNames),
            (
                "additionalProperties",
                .members([
                    ("type", .string("array")), ("minItems", .integer(1)), ("uniqueItems", .bool(true)),
                    ("items", .members([("type", .strings(["string", "number", "boolean"]))])),
                ])
            ),
        ]),
        expected: "a mapping of names to lists of values"
    ) { node, diagnostics in
        guard case .mapping(let pairs) = node.content, !pairs.isEmpty else {
            diagnostics.mismatch(node, expected: "a mapping of names to lists of values", help: "as loss: [0%, 1%]")
            return nil
        }
        let axes = pairs.compactMap { key, value in axis(key, value, diagnostics) }
        guard axes.count == pairs.count else { return nil }
        let matrix = Matrix(axes: axes, location: node.location)
        return isBounded(matrix, diagnostics) ? matrix : nil
    }.named("matrix")

    private static func axis(_ key: YAMLNode, _ value: YAMLNode, _ diagnostics: Diagnostics) -> Matrix.Axis? {
        let name = Format<Located<String>>.located(.notation(.matrixName)).read(key, diagnostics)
        guard case .sequence(let nodes) = value.content, !nodes.isEmpty else {
            diagnostics.mismatch(value, expected: "a list of values", help: "as [0%, 1%]")
            return nil
        }
        var values: [Located<YAMLScalar>] = []
        for node in nodes {
            guard let scalar = node.scalar, scalar.kind != .null, (1...longestValue).contains(scalar.text.count),
                !scalar.text.contains(where: \.isNewline)
            else {
                diagnostics.error(
                    "expected a value of a line, found \(node.kindDescription)",
                    at: node.location,
                    help: "a text or a number of at most \(longestValue) characters"
                )
                return nil
            }
            guard !values.contains(where: { $0.value.text == scalar.text }) else {
                diagnostics.error(
                    "the value '\(scalar.text)' stands twice",
                    at: node.location,
                    help: "keep one of them"
                )
                return nil
            }
            values.append(Located(value: scalar, location: node.location))
        }
        return name.map { Matrix.Axis(name: $0, values: values) }
    }

    private static func isBounded(_ matrix: Matrix, _ diagnostics: Diagnostics) -> Bool {
        var count = 1
        for axis in matrix.axes {
            count *= axis.values.count
            guard count <= Matrix.mostCombinations else {
                diagnostics.error(
                    "more than \(Matrix.mostCombinations) combinations",
                    at: axis.name.location,
                    help: "of each name's values there is every combination: take fewer values, or write two files"
                )
                return false
            }
        }
        // Folders and ledgers are called after combinations.
        var owners: [String: String] = [:]
        for combination in matrix.combinations {
            let name = ScenarioPath(file: "", combination: combination.text).baseName
            let other = owners.updateValue(combination.text, forKey: name.lowercased())
            guard other == nil, name.utf8.count <= longestName else {
                diagnostics.error(
                    other.map {
                        "the combinations (\($0)) and (\(combination.text)) would have one name for their reports"
                    }
                        ?? "the combination (\(combination.text)) has too long a name for its reports",
                    at: matrix.location,
                    help: "values are told apart by their letters, digits and '%._+-', in at most \(longestName) bytes"
                )
                return false
            }
        }
        return true
    }
}

extension Notation where Value == String {
    /// A name that stands as `$(name)` for a value.
    static let matrixName = Notation(
        name: "matrix name",
        documentation: "A name that stands as $(name) for a value: letters, digits, '_' and '-'.",
        pattern: "[A-Za-z0-9_-]{1,40}",
        examples: ["loss", "ping"],
        parse: { text throws(NotationProblem) in
            guard (1...40).contains(text.utf8.count), text.allSatisfy(Placeholder.isPartOfName) else {
                throw NotationProblem(
                    message: "'\(text.shortened)' cannot be a name of the matrix",
                    help: "letters, digits, '_' and '-', at most 40"
                )
            }
            return String(text)
        }
    )
}

extension String {
    fileprivate var schemaOfNames: JSON {
        let message = "letters, digits, '_' and '-', at most 40"
        return .members([
            ("pattern", .string("^\(self)$")), ("errorMessage", .string(message)),
            ("patternErrorMessage", .string(message)),
        ])
    }
}
