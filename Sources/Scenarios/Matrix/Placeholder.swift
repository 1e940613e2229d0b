internal import Base

/// `$(name)` in a text: YAML takes it for text, without quotes, wherever a scalar may stand.
enum Placeholder {
    enum Part {
        case text(Substring)
        case name(Substring)
        /// `$(` that no name and parenthesis follow.
        case broken(Substring)
    }

    static func isPartOfName(_ character: Character) -> Bool {
        character.isASCII && (character.isLetter || character.isNumber || character == "_" || character == "-")
    }

    static func parts(of text: String) -> [Part] {
        var parts: [Part] = []
        var rest = text[...]
        while let start = rest.firstRange(of: "$(") {
            if start.lowerBound > rest.startIndex { parts.append(.text(rest[..<start.lowerBound])) }
            let name = rest[start.upperBound...].prefix(while: isPartOfName)
            if !name.isEmpty, name.endIndex < rest.endIndex, rest[name.endIndex] == ")" {
                parts.append(.name(name))
                rest = rest[rest.index(after: name.endIndex)...]
            } else {
                parts.append(.broken(rest[start]))
                rest = rest[start.upperBound...]
            }
        }
        if !rest.isEmpty { parts.append(.text(rest)) }
        return parts
    }
}

extension YAMLNode {
    /// With values in place of the placeholders of its scalars, but for keys.
    func filled(_ combination: Combination) -> YAMLNode {
        var node = self
        switch content {
        case .scalar(let scalar): node.content = .scalar(scalar.filled(combination))
        case .sequence(let nodes): node.content = .sequence(nodes.map { $0.filled(combination) })
        case .mapping(let pairs): node.content = .mapping(pairs.map { ($0.key, $0.value.filled(combination)) })
        }
        return node
    }

    /// Each scalar in which a placeholder stands, or what looks like one, but for keys.
    func forEachPlaceholder(_ body: (YAMLNode, [Placeholder.Part]) -> Void) {
        switch content {
        case .scalar(let scalar): if scalar.text.contains("$(") { body(self, Placeholder.parts(of: scalar.text)) }
        case .sequence(let nodes): for node in nodes { node.forEachPlaceholder(body) }
        case .mapping(let pairs): for (_, value) in pairs { value.forEachPlaceholder(body) }
        }
    }
}

extension YAMLScalar {
    fileprivate func filled(_ combination: Combination) -> YAMLScalar {
        guard text.contains("$(") else { return self }
        let parts = Placeholder.parts(of: text)
        // Without quotes it is the value itself: a number where the matrix has a number.
        if indent == 0, parts.count == 1, case .name(let name) = parts[0], var value = combination.value(name) {
            value.indent = nil
            return value
        }
        let filled = parts.map { part in
            switch part {
            case .text(let text), .broken(let text): String(text)
            case .name(let name): combination.value(name)?.text ?? ""
            }
        }
        return YAMLScalar(filled.joined(), isPlain: indent == 0, indent: nil)
    }
}
