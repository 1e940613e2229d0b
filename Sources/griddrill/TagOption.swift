internal import ArgumentParser
internal import Scenarios

/// Picks scenarios by their tags.
struct TagOption: ParsableArguments {
    @Option(
        name: .customLong("tag"),
        parsing: .singleValue,
        help: ArgumentHelp(
            """
            Only scenarios with this tag, or of several --tag with one of them; with '!' before it, as '!slow', only those \
            without it.
            """,
            valueName: "tag"
        ),
        transform: Self.term
    )
    var terms: [TagChoice.Term] = []

    private static func term(_ text: String) throws -> TagChoice.Term {
        do {
            return try TagChoice.Term(text)
        } catch {
            throw ValidationError("\(error)")
        }
    }

    /// `nil`: nothing is said of tags.
    var choice: TagChoice? { terms.isEmpty ? nil : TagChoice(terms) }
}

extension TagChoice {
    /// A file whose tags cannot be read is among the selected: what is wrong with it is not to be passed over.
    func selects(read tags: [String]?) -> Bool { tags.map(selects) ?? true }

    /// What is asked of a scenario, for messages.
    var words: String {
        let has = wanted.isEmpty ? nil : "that has the tag \(wanted.joined(separator: " or "))"
        let lacks = unwanted.isEmpty ? nil : "that does not have the tag \(unwanted.joined(separator: " or "))"
        return [has, lacks].compactMap(\.self).joined(separator: " and ")
    }
}
