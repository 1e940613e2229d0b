internal import Base

/// Reads the scenarios of a file with a matrix.
struct MatrixReader {
    let matrix: Matrix
    /// The file without the matrix itself.
    private let rest: YAMLNode

    /// - Returns: `nil` if something is wrong with the matrix or with the places where its names stand; the diagnostics say what.
    init?(_ root: YAMLNode, _ node: YAMLNode, _ diagnostics: Diagnostics) {
        guard case .mapping(let pairs) = root.content, let matrix = Format.matrix.read(node, diagnostics) else {
            return nil
        }
        self.matrix = matrix
        var rest = root
        rest.content = .mapping(pairs.filter { $0.key.scalar?.text != "matrix" })
        self.rest = rest
        guard checkPlaceholders(diagnostics) else { return nil }
    }

    /// The file as it is in a combination.
    func node(_ combination: Combination) -> YAMLNode { rest.filled(combination) }

    private func checkPlaceholders(_ diagnostics: Diagnostics) -> Bool {
        let known = matrix.axes.map(\.name.value)
        var used: Set<String> = []
        var isRight = true
        rest.forEachPlaceholder { node, parts in
            var offset = 0
            for part in parts {
                switch part {
                case .text(let text): offset += text.unicodeScalars.count
                case .broken(let text):
                    isRight = false
                    diagnostics.error(
                        "no name follows '$(' here, or no ')' the name",
                        at: node.location(ofOffset: offset),
                        help: "as $(\(known.first ?? "name"))"
                    )
                    offset += text.unicodeScalars.count
                case .name(let name):
                    if known.contains(String(name)) {
                        used.insert(String(name))
                    } else {
                        isRight = false
                        diagnostics.error(
                            "the matrix has no '\(name)'",
                            at: node.location(ofOffset: offset),
                            help: Spelling.help(String(name), among: known, called: "names")
                        )
                    }
                    offset += name.unicodeScalars.count + 3
                }
            }
        }
        for axis in matrix.axes where !used.contains(axis.name.value) && isRight {
            isRight = false
            diagnostics.error(
                "'\(axis.name.value)' stands nowhere in the scenario, so that its values make no difference",
                at: axis.name.location,
                help: "write $(\(axis.name.value)) where its values are to stand"
            )
        }
        return isRight
    }
}

extension Reading where Value == Scenario {
    /// What was read of each combination, as one reading of the file: what is wrong in all of them is said once, what is wrong in some once
    /// with the first of them. The value is that of the first combination.
    init(combinations readings: [(text: String, reading: Reading)]) {
        var order: [Diagnostic] = []
        // The first combination in which it was said, and in how many it was.
        var told: [Diagnostic: (first: String, count: Int)] = [:]
        for (text, reading) in readings {
            for diagnostic in reading.diagnostics {
                if told[diagnostic] == nil {
                    order.append(diagnostic)
                    told[diagnostic] = (text, 1)
                } else {
                    told[diagnostic]?.count += 1
                }
            }
        }
        let diagnostics = order.map { diagnostic in
            guard let told = told[diagnostic], told.count < readings.count else { return diagnostic }
            var diagnostic = diagnostic
            let others = told.count > 1 ? " and \(told.count - 1) more" : ""
            let place = "in the combination (\(told.first))\(others)"
            diagnostic.suggestion = [diagnostic.suggestion, place].compactMap(\.self).joined(separator: "; ")
            return diagnostic
        }
        // The files stay in their order, and each file's lines.
        let files = diagnostics.map(\.path).reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
        let ordered = diagnostics.enumerated().sorted { a, b in
            let (left, right) = (a.element, b.element)
            if left.path != right.path {
                return (files.firstIndex(of: left.path) ?? 0) < (files.firstIndex(of: right.path) ?? 0)
            }
            return (left.location, a.offset) < (right.location, b.offset)
        }.map(\.element)
        self.init(
            value: readings.first?.reading.value,
            diagnostics: Array(ordered.prefix(ScenarioError.limit)),
            omitted: (readings.map(\.reading.omitted).max() ?? 0) + max(0, ordered.count - ScenarioError.limit),
            companions: readings.flatMap(\.reading.companions).reduce(into: []) {
                if !$0.contains($1) { $0.append($1) }
            }
        )
    }
}
