public import DemandResponse

/// One thing that was decided: what it is about, and what was decided of it.
///
/// Of whom and of which incident it is told by where it stands: in a `Ledger`, in an incident's decisions, in those for a group of
/// its customers. Two decisions are the same one if their subjects are equal there; they agree if their clauses are too.
public struct Decision: Sendable, Hashable {
    public enum Subject: Sendable, Hashable {
        /// One dispatch record for one modification of its incident; no method: that of a customer whom nothing reaches.
        case notice(modification: Int, DispatchMethod?)
        /// The customer's first answer to a modification, and then what it changed its mind to.
        case answer(modification: Int)
        /// How one method brought the news that an incident is off or over; over sessions: `websocket`.
        case closing(Closing.Kind, DispatchMethod)
        /// Answers that one rule refused, as `never-sent`.
        case refusals(rule: String)
        /// What concerns no single customer, by its name in the ledger: `period`, `change 1`, `message`.
        case own(String)
    }

    public var subject: Subject
    /// In the order in which things happened; of a notice the last one says what it came to.
    public var clauses: [String]

    init(_ subject: Subject, _ clauses: [String]) {
        self.subject = subject
        self.clauses = clauses
    }
}

extension Decision.Subject {
    /// As a line of a ledger begins with.
    var text: String {
        switch self {
        case .notice(let modification, let method): "\(Self.change(modification))\(method?.name ?? "no method")"
        case .answer(let modification): "\(Self.change(modification))answer"
        case .closing(let kind, let method): "\(kind.news.rawValue) by \(method.name)"
        case .refusals(let rule): "answers refused, \(rule)"
        case .own(let name): name
        }
    }

    /// Reads what `text` wrote of a decision for customers; `nil` for anything else.
    init?(customers text: String) {
        var words = text.split(separator: " ")
        var modification = 0
        if words.first == "change", words.count > 2, let number = Int(words[1]) {
            modification = number
            words.removeFirst(2)
        }
        let name = words.joined(separator: " ")
        if name == "answer" {
            self = .answer(modification: modification)
        } else if name == "no method" {
            self = .notice(modification: modification, nil)
        } else if let method = DispatchMethod(name: name) {
            self = .notice(modification: modification, method)
        } else if let closing = Self.closing(name) {
            self = closing
        } else if text.hasPrefix("answers refused, ") {
            self = .refusals(rule: String(text.dropFirst("answers refused, ".count)))
        } else {
            return nil
        }
    }

    private static func closing(_ text: String) -> Self? {
        for kind in Closing.Kind.allCases {
            let prefix = "\(kind.news.rawValue) by "
            guard text.hasPrefix(prefix) else { continue }
            return DispatchMethod(name: String(text.dropFirst(prefix.count))).map { .closing(kind, $0) }
        }
        return nil
    }

    /// What the lines of a modification begin with.
    static func change(_ modification: Int) -> String { modification == 0 ? "" : "change \(modification) " }

    /// As the subject of a sentence: `email of change 1`, `the answer`.
    var words: String {
        switch self {
        case .notice(let modification, let method):
            (method?.name ?? "a record without a method") + (modification == 0 ? "" : " of change \(modification)")
        case .answer(let modification): modification == 0 ? "the answer" : "the answer to change \(modification)"
        case .closing(let kind, let method): "the \(kind.news.rawValue) by \(method.name)"
        case .refusals(let rule): "the number of answers refused as \(rule)"
        case .own(let name): "the \(name)"
        }
    }
}
