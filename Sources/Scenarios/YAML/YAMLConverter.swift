import Yams

/// From Yams' nodes to ours.
///
/// Aliases are expanded here, and a few lines of them can stand for billions of nodes: what an anchor stands for is
/// converted once and shared, and counted as often as it is used.
struct YAMLConverter {
    let renamedKeys: [SourceLocation: String]
    let commas: FlowCommas
    let file: Int
    let diagnostics: Diagnostics
    private var anchored: [ObjectIdentifier: Converted] = [:]

    /// A node with what reading it costs.
    private struct Converted {
        var node: YAMLNode
        var size = 1
        var height = 1

        /// Takes account of a child, within the bounds.
        mutating func adopt(_ child: Converted) throws(YAMLProblem) {
            size += child.size
            height = max(height, child.height + 1)
            guard size <= YAMLDocument.Bounds.nodes else {
                throw YAMLProblem(
                    message: "the file holds more than \(YAMLDocument.Bounds.nodes) nodes, its aliases expanded",
                    location: node.location,
                    help: "write many customers as a range of ids, and what is meant without nested aliases"
                )
            }
            guard height <= YAMLDocument.Bounds.depth else {
                throw YAMLProblem(
                    message: "nested more than \(YAMLDocument.Bounds.depth) deep",
                    location: child.node.location
                )
            }
        }
    }

    init(renamedKeys: [SourceLocation: String], commas: FlowCommas, file: Int, diagnostics: Diagnostics) {
        self.renamedKeys = renamedKeys
        self.commas = commas
        self.file = file
        self.diagnostics = diagnostics
    }

    mutating func convert(_ root: Node) throws(YAMLProblem) -> YAMLNode {
        try converted(root).node
    }

    private mutating func converted(_ node: Node) throws(YAMLProblem) -> Converted {
        guard let anchor = node.anchor.map(ObjectIdentifier.init) else { return try expanded(node) }
        if let known = anchored[anchor] { return known }
        let converted = try expanded(node)
        anchored[anchor] = converted
        return converted
    }

    /// A node that is no key, with what its tag says of it: `!!str` makes a text of it.
    private mutating func value(_ node: Node) throws(YAMLProblem) -> Converted {
        var converted = try converted(node)
        let (tag, isPlain) =
            switch node {
            case .scalar(let scalar): (scalar.tag.rawValue, scalar.style == .plain || scalar.style == .any)
            case .sequence(let sequence): (sequence.tag.rawValue, false)
            case .mapping(let mapping): (mapping.tag.rawValue, false)
            case .alias: ("", false)
            }
        let standard = "tag:yaml.org,2002:"
        let name = tag.hasPrefix(standard) ? "!!" + tag.dropFirst(standard.count) : tag
        switch name {
        case "", "!!int", "!!float", "!!bool", "!!null", "!!seq", "!!map": break
        case "!", "!!str":
            if isPlain, let scalar = converted.node.scalar {
                converted.node.content = .scalar(YAMLScalar(scalar.text, isPlain: false, indent: nil))
            }
        default:
            diagnostics.error(
                "the tag \(name.shortened) means nothing here",
                at: converted.node.location,
                help: "leave it out: nothing is filled in for it"
            )
        }
        return converted
    }

    private mutating func expanded(_ node: Node) throws(YAMLProblem) -> Converted {
        let location = SourceLocation(node.mark).in(file)
        switch node {
        case .scalar(let scalar):
            let text = YAMLScalar(commas.restore(scalar.string), style: scalar.style)
            return Converted(node: YAMLNode(content: .scalar(text), location: location))
        case .sequence(let sequence):
            return try elements(of: sequence, at: location)
        case .mapping(let mapping):
            return try pairs(of: mapping, at: location)
        case .alias:
            throw YAMLProblem(message: "an alias that stands for nothing", location: location)
        }
    }

    private mutating func elements(
        of sequence: Node.Sequence,
        at location: SourceLocation
    ) throws(YAMLProblem) -> Converted {
        var result = Converted(node: YAMLNode(content: .sequence([]), location: location))
        var nodes: [YAMLNode] = []
        nodes.reserveCapacity(sequence.count)
        for child in sequence {
            let child = try value(child)
            try result.adopt(child)
            nodes.append(child.node)
        }
        result.node.content = .sequence(nodes)
        return result
    }

    private mutating func pairs(
        of mapping: Node.Mapping,
        at location: SourceLocation
    ) throws(YAMLProblem) -> Converted {
        var result = Converted(node: YAMLNode(content: .mapping([]), location: location))
        var pairs: [(key: YAMLNode, value: YAMLNode)] = []
        pairs.reserveCapacity(mapping.count)
        for (key, value) in mapping {
            var key = try converted(key)
            guard pairs.count < YAMLDocument.Bounds.keys else { throw KeyScan.problem(at: key.node.location) }
            if let name = renamedKeys[key.node.location.in(0)] {
                key.node.content = .scalar(YAMLScalar(name, isPlain: false, indent: nil))
            }
            let value = try self.value(value)
            try result.adopt(key)
            try result.adopt(value)
            pairs.append((key.node, value.node))
        }
        if !renamedKeys.isEmpty { reportDuplicates(in: pairs) }
        result.node.content = .mapping(pairs)
        return result
    }

    private func reportDuplicates(in pairs: [(key: YAMLNode, value: YAMLNode)]) {
        var first: [String: SourceLocation] = [:]
        for (key, _) in pairs {
            guard let name = key.scalar?.text else { continue }
            if let earlier = first[name] {
                diagnostics.error(
                    "the key '\(name.shortened)' stands twice in one mapping",
                    at: key.location,
                    help: "the first one is on line \(earlier.line); keep one of them"
                )
            } else {
                first[name] = key.location
            }
        }
    }
}

extension YAMLScalar {
    init(_ text: String, style: Node.Scalar.Style) {
        switch style {
        case .any, .plain: self.init(text, isPlain: true, indent: 0)
        case .singleQuoted, .doubleQuoted: self.init(text, isPlain: false, indent: 1)
        case .literal, .folded: self.init(text, isPlain: false, indent: nil)
        }
    }
}
