internal import Base

extension Format {
    /// A mapping with these keys and no others.
    ///
    /// - Parameters:
    ///   - name: what messages call it, as `customer`.
    ///   - build: gets the mapping's place and, in the order of the keys, the values that could be read. Missing,
    ///     unknown and unreadable ones have been reported by then.
    static func object<each Field>(
        _ name: String,
        _ documentation: String,
        _ keys: repeat Key<each Field>,
        build: @escaping @Sendable (SourceLocation, repeat (each Field)?) -> Value?
    ) -> Format {
        var descriptions: [KeyDescription] = []
        repeat descriptions.append((each keys).description)
        let mapping = MappingDescription(name: name, documentation: documentation, keys: descriptions)
        let keys = (repeat each keys)
        return Format(schema: mapping.schema, expected: mapping.expected) { node, diagnostics in
            guard case .mapping(let pairs) = node.content else {
                if mapping.reportMissingSpace(in: node, diagnostics) == nil {
                    diagnostics.mismatch(node, expected: mapping.expected)
                }
                return nil
            }
            mapping.check(pairs, at: node.location, diagnostics)
            return build(
                node.location,
                repeat MappingDescription.value((each keys).description.name, in: pairs).flatMap {
                    (each keys).format.read($0, diagnostics)
                }
            )
        }
    }
}

/// A mapping's keys, as data: what may, what must and what cannot stand in it.
private struct MappingDescription: Sendable {
    typealias Pairs = [(key: YAMLNode, value: YAMLNode)]

    var name: String
    var documentation: String
    var keys: [KeyDescription]

    var expected: String {
        let names = keys.map(\.name).joined(separator: ", ")
        return "a mapping (\(names))"
    }

    private func names(_ need: KeyDescription.Need) -> [String] {
        keys.filter { $0.need == need }.map(\.name)
    }

    static func value(_ name: String, in pairs: Pairs) -> YAMLNode? {
        pairs.first { $0.key.scalar?.text == name }?.value
    }

    func check(_ pairs: Pairs, at location: SourceLocation, _ diagnostics: Diagnostics) {
        var misspelt: Set<String> = []
        for (key, _) in pairs where !keys.contains(where: { $0.name == key.scalar?.text }) {
            let missing = keys.map(\.name).filter { Self.value($0, in: pairs) == nil }
            if let meant = reportUnknown(key, missing: missing, diagnostics) { misspelt.insert(meant) }
        }
        func isGiven(_ name: String) -> Bool { misspelt.contains(name) || Self.value(name, in: pairs) != nil }

        let missing = keys.filter { key in
            key.need == .required && !isGiven(key.name) && !(key.substitute.map(isGiven) ?? false)
        }
        if !missing.isEmpty {
            diagnostics.error(
                "\(name): missing \(Self.list(missing.map(\.name), "and"))",
                at: location,
                help: missing.map(\.help).joined(separator: " ")
            )
        }
        let alternatives = names(.alternative)
        let given = alternatives.filter(isGiven)
        if !alternatives.isEmpty, given.count != 1 {
            diagnostics.error(
                given.isEmpty
                    ? "\(name): missing \(Self.list(alternatives, "or"))"
                    : "\(name): \(Self.list(given, "and")) exclude each other",
                at: location,
                help: "exactly one of \(alternatives.joined(separator: ", "))"
            )
        }
        let changes = names(.change)
        if !changes.isEmpty, !changes.contains(where: isGiven) {
            diagnostics.error(
                "\(name): missing \(Self.list(changes, "or"))",
                at: location,
                help: "at least one of them"
            )
        }
    }

    /// The missing key that was probably meant.
    private func reportUnknown(_ key: YAMLNode, missing: [String], _ diagnostics: Diagnostics) -> String? {
        guard let text = key.scalar?.text else {
            diagnostics.error("\(name): expected a key, found \(key.kindDescription)", at: key.location)
            return nil
        }
        if let meant = reportMissingSpace(in: key, diagnostics) { return meant }
        let scalars = Array(text.unicodeScalars)
        if let index = StrayBlank.index(in: scalars) {
            diagnostics.error(
                "\(name): \(StrayBlank.message(scalars[index]))",
                at: key.location(ofOffset: index),
                help: StrayBlank.help
            )
            let meant = String(text.drop { $0.isWhitespace })
            return missing.contains(meant) ? meant : nil
        }
        let known = keys.map(\.name)
        let help =
            text == "<<"
            ? "merge keys are not read; an alias can stand for a whole value"
            : Spelling.help(text, among: known, called: "keys")
        diagnostics.error("\(name): unknown key '\(text.shortened)'", at: key.location, help: help)
        return Spelling.nearest(to: text, among: missing)
    }

    /// `end:22:00`, which is a text to YAML; the key that was meant.
    func reportMissingSpace(in node: YAMLNode, _ diagnostics: Diagnostics) -> String? {
        guard let text = node.scalar?.text, let colon = text.firstIndex(of: ":"),
            let key = keys.first(where: { $0.name == text[..<colon] })
        else { return nil }
        let value = text[colon...].dropFirst()
        diagnostics.error(
            "\(name): a space is missing after the colon of '\(key.name)'",
            at: node.location(ofOffset: text.unicodeScalars.distance(from: text.startIndex, to: value.startIndex)),
            help: "write \(key.name): \(value.shortened)"
        )
        return key.name
    }

    private static func list(_ names: [String], _ conjunction: String) -> String {
        let quoted = names.map { "'\($0)'" }
        guard let last = quoted.last, quoted.count > 1 else { return quoted.first ?? "" }
        return quoted.dropLast().joined(separator: ", ") + " \(conjunction) " + last
    }

    var schema: JSON {
        var members: [(String, JSON)] = [
            ("title", .string(name)), ("description", .string(documentation)), ("type", .string("object")),
            ("properties", .members(keys.map { ($0.name, $0.property) })),
        ]
        let required = keys.filter { $0.need == .required }
        let always = required.filter { $0.substitute == nil }.map(\.name)
        if !always.isEmpty { members.append(("required", .strings(always))) }
        for other in Set(required.compactMap(\.substitute)).sorted() {
            let names = required.filter { $0.substitute == other }.map(\.name)
            members.append(("if", .members([("not", .members([("required", .strings([other]))]))])))
            members.append(("then", .members([("required", .strings(names))])))
        }
        for (need, word) in [(KeyDescription.Need.alternative, "oneOf"), (.change, "anyOf")] {
            let choices = names(need).map { JSON.members([("required", .strings([$0]))]) }
            if !choices.isEmpty { members.append((word, .array(choices))) }
        }
        let tails = Set(keys.compactMap(\.flowTail)).sorted().map { tail in
            ("^\(tail)$", JSON.members([("type", .string("null"))]))
        }
        if !tails.isEmpty { members.append(("patternProperties", .members(tails))) }
        members.append(("additionalProperties", .bool(false)))
        return .members(members)
    }
}
