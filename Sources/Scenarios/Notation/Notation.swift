/// A way of writing a value as text: how it is read, and the pattern by which editors know it.
struct Notation<Value: Sendable>: Sendable {
    /// The definition's name in the schema, and what messages call it.
    var name: String
    var documentation: String
    /// ECMA-262, without anchors; whatever ``parse`` accepts, it matches.
    var pattern: String
    var examples: [String]
    /// What YAML makes a key of when such a text stands unquoted in `{…}` and has a comma; see ``FlowCommas``.
    var flowTail: String?
    var parse: @Sendable (Substring) throws(NotationProblem) -> Value
}

/// What is wrong with a text.
struct NotationProblem: Error {
    var message: String
    /// How many Unicode scalars of the text stand before the place meant.
    var offset = 0
    var help: String?

    /// The same problem, seen from a text in which `text` begins this much later.
    func shifted(by offset: Int) -> NotationProblem {
        NotationProblem(message: message, offset: self.offset + offset, help: help)
    }
}

extension Notation {
    /// The name, as `an instant`.
    var withArticle: String { ("aeiou".contains(name.prefix(1)) ? "an " : "a ") + name }

    /// As many of the examples as have room in a line of so many characters, but at least one.
    func examples(fitting room: Int) -> String {
        var shown = examples.first ?? ""
        for example in examples.dropFirst() {
            guard shown.count + 2 + example.count <= room else { break }
            shown += ", \(example)"
        }
        return shown
    }

    /// The standard complaint.
    func notOne(_ text: Substring, offset: Int = 0) -> NotationProblem {
        NotationProblem(
            message: "'\(text.shortened)' is not \(withArticle)",
            offset: offset,
            help: "write it as \(examples.joined(separator: ", "))"
        )
    }
}

extension Substring {
    var trimmed: Substring {
        var rest = self
        while let first = rest.first, first.isWhitespace { rest.removeFirst() }
        while let last = rest.last, last.isWhitespace { rest.removeLast() }
        return rest
    }

    /// How many scalars of this text stand before a part of it.
    func offset(of part: Substring) -> Int {
        unicodeScalars.distance(from: startIndex, to: part.startIndex)
    }
}
