/// Which scenarios are meant by the tags that a command line names: those that have one of the wanted, if there are any, and none of the
/// unwanted.
public struct TagChoice: Sendable, Equatable {
    /// A tag, or with an exclamation mark before it one that is not to be there.
    public struct Term: Sendable, Equatable {
        public let tag: String
        public let isUnwanted: Bool

        /// - Throws: why it is none.
        public init(_ text: String) throws(TagError) {
            isUnwanted = text.hasPrefix("!")
            do throws(NotationProblem) {
                tag = try Notation.tag.parse(text.dropFirst(isUnwanted ? 1 : 0))
            } catch {
                throw TagError(description: [error.message, error.help].compactMap { $0 }.joined(separator: ": "))
            }
        }
    }

    public let wanted: [String]
    public let unwanted: [String]

    public init(_ terms: [Term]) {
        wanted = terms.filter { !$0.isUnwanted }.map(\.tag)
        unwanted = terms.filter(\.isUnwanted).map(\.tag)
    }

    public func selects(_ tags: [String]) -> Bool {
        (wanted.isEmpty || wanted.contains(where: tags.contains)) && !unwanted.contains(where: tags.contains)
    }
}

/// What cannot be a tag, for whoever wrote it on a command line.
public struct TagError: Error, CustomStringConvertible {
    public let description: String
}
