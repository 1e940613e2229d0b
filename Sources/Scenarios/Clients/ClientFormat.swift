internal import Base
import DemandResponse

/// A rule as its mapping says it, its instants still as written; what could not be read is `nil`.
struct ClientDraft: Sendable {
    var of: Located<CustomerSelector>?
    var connects: [ConnectionDraft]?
    var link: Link?
    var acknowledges: [AnswerDraft]?
    var disconnects: [DisconnectionDraft]?
}

struct ConnectionDraft: Sendable {
    var at: Located<WrittenInstant>
    var spread: Distribution
    var share: Share
    var lasting: Distribution?
}

struct AnswerDraft: Sendable {
    var location: SourceLocation
    var incident: Located<String>?
    /// Of an operator's answer, in place of the timing below.
    var at: Located<WrittenInstant>?
    /// All that needs no resolving.
    var answer: Answer
}

struct DisconnectionDraft: Sendable {
    var at: Located<WrittenInstant>?
    var spread: Span
    var lasting: Distribution?
    var share: Share
}

extension Format where Value == ClientDraft {
    static let client = Format.object(
        "client rule",
        "How some of the people and machines at the other end behave. The later rule wins, key by key.",
        .required("of", .located(.selector), "Whom the rule is about.", cure: "For everybody write of: all"),
        .optional(
            "connects",
            .connects,
            "When the session opens; without it, at the start for customers with websocket."
        ),
        .optional("link", .link, "The network between the client and the server; without it, perfect."),
        .optional("acknowledges", .acknowledges, "Whether and when dispatches are acknowledged; without it, never."),
        .optional("disconnects", .oneOrMore(.disconnection), "When the session breaks; without it, never.")
    ) { _, of, connects, link, acknowledges, disconnects in
        ClientDraft(of: of, connects: connects, link: link, acknowledges: acknowledges, disconnects: disconnects)
    }.snippets(snippets).named("client")

    private static let snippets = [
        Snippet(
            "those who answer",
            [
                "of": ["program": "^${1:1}"],
                "acknowledges": ["after": "${2:lognormal(median 90s, p95 6m)}", "share": "${3:97%}"],
            ]
        ),
        Snippet("those who never answer", ["of": ["customers": "${1:1000..1009}"], "acknowledges": "never"]),
    ]
}

extension Format where Value == CustomerSelector {
    static let selector = Format.either(
        scalar: .words([("all", .all)], called: "selector", plural: "selectors"),
        else: .object(
            "selector",
            "Names customers: one of these keys.",
            .alternative("program", Format<Int>.id, "All customers of this program."),
            .alternative("group", Format<String>.group, "All customers of this group."),
            .alternative("customer", Format<Int>.id, "This customer."),
            .alternative("customers", .ids, "These customers: a range, or a list of ids and ranges.")
        ) { _, program, group, customer, customers in
            program.map(CustomerSelector.program) ?? group.map(CustomerSelector.group)
                ?? customer.map(CustomerSelector.customer) ?? customers.map(CustomerSelector.customers)
        }
    )
}

extension Format where Value == [ClosedRange<Customer.ID>] {
    fileprivate static let ids: Format = {
        let range = Format<ClosedRange<Customer.ID>>.notation(.idRange)
        let single = Format<Int>.id
        let element = Format<ClosedRange<Customer.ID>>(
            schema: .members([("anyOf", .array([single.schema, range.schema]))]),
            expected: "an id or a range"
        ) { node, diagnostics in
            guard node.scalar?.kind == .integer else { return range.read(node, diagnostics) }
            return single.read(node, diagnostics).map { $0...$0 }
        }
        let list = Format.list(of: element, schema: [("minItems", .integer(1))])
        return Format(
            schema: .members([("anyOf", .array([range.schema, list.schema]))]),
            expected: "a range or a list of ids"
        ) { node, diagnostics in
            guard case .sequence(let nodes) = node.content else {
                return range.read(node, diagnostics).map { [$0] }
            }
            guard !nodes.isEmpty else {
                diagnostics.error("the list of customers is empty", at: node.location)
                return nil
            }
            return list.read(node, diagnostics)
        }
    }()
}
