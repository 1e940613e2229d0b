/// A question about one record, in the words of the command line.
public enum Inquiry: Sendable, Equatable {
    /// What happened to one customer, step by step.
    case customer(Int)
    /// What became of an incident, by the scenario's name of it.
    case incident(String)
    case why(Matter)

    /// What can be asked for its reasons.
    public enum Matter: String, Sendable, CaseIterable {
        case undelivered, unacknowledged, late, refused
    }

    /// How questions are put.
    public static let usage =
        "customer ID, incident NAME or why \(Matter.allCases.map(\.rawValue).joined(separator: "|"))"

    public init(_ words: [String]) throws(InquiryError) {
        guard words.count == 2 else { throw InquiryError("ask for \(Self.usage)") }
        switch words[0] {
        case "customer":
            guard let id = Int(words[1]) else {
                throw InquiryError("'\(words[1])' is not the id of a customer: ids are numbers")
            }
            self = .customer(id)
        case "incident": self = .incident(words[1])
        case "why":
            guard let matter = Matter(rawValue: words[1]) else {
                let known = Matter.allCases.map(\.rawValue).joined(separator: ", ")
                throw InquiryError("nothing is known of why '\(words[1])'; ask why \(known)")
            }
            self = .why(matter)
        default: throw InquiryError("'\(words[0])' is no question; ask for \(Self.usage)")
        }
    }
}

/// A question that has no answer, and what to ask instead.
public struct InquiryError: Error, Sendable, Equatable, CustomStringConvertible {
    public let description: String

    init(_ description: String) { self.description = description }
}
