internal import Base
import DemandResponse
import Measures

/// Holds the labels of expectations against the roster and the timeline.
struct ExpectationResolver {
    let roster: RosterResolution
    /// `nil` if not all of them could be read.
    let incidents: [String]?
    let diagnostics: Diagnostics

    func resolve(_ drafts: [PlacedExpectation]) -> [Expectation] {
        drafts.map { draft in
            check(draft)
            var expectation = draft.parsed.expectation
            expectation.location = draft.location
            expectation.known = draft.known
            return expectation
        }
    }

    private func check(_ draft: PlacedExpectation) {
        let labels = draft.parsed.expectation.selection
        if let id = labels.program, roster.hasAllPrograms, roster.roster.program(id) == nil {
            let known = roster.roster.programs.map { String($0.id) }
            diagnostics.error(
                "there is no program \(id)",
                at: draft.location(of: .program),
                help: Known.help(known, called: "programs")
            )
        }
        if let name = labels.group, roster.hasAllCustomers {
            let groups = Set(
                roster.roster.customers.lazy.filter { $0.program == labels.program ?? $0.program }.compactMap(\.group)
            )
            let whose = labels.program.map { " of program \($0)" } ?? ""
            Known.check(Located(value: name, location: draft.location(of: .group)), among: groups, whose, diagnostics)
        }
        if let id = labels.customer, roster.hasAllCustomers, roster.roster.customer(id) == nil {
            diagnostics.error("there is no customer \(id)", at: draft.location(of: .customer))
        }
        if let customer = labels.customer.flatMap(roster.roster.customer) { check(draft, labels, customer) }
        if let id = labels.incident {
            Known.check(Located(value: id, location: draft.location(of: .incident)), among: incidents, diagnostics)
        }
    }
}

extension ExpectationResolver {
    /// Labels that choose nobody together: whatever is then counted would be none, and hold where none is expected.
    private func check(_ draft: PlacedExpectation, _ labels: Selection, _ customer: Customer) {
        if let program = labels.program, customer.program != program {
            diagnostics.error(
                "customer \(customer.id) is not of program \(program)",
                at: draft.location(of: .program),
                help: "it is of program \(customer.program)"
            )
        }
        if let group = labels.group, customer.group != group {
            diagnostics.error(
                "customer \(customer.id) is not of the group '\(group)'",
                at: draft.location(of: .group),
                help: customer.group.map { "it is of the group '\($0)'" } ?? "it is of none"
            )
        }
    }
}

/// An expectation and where its parts stand.
struct PlacedExpectation: Sendable {
    var parsed: ParsedExpectation
    var location: SourceLocation
    /// The place of each label's value.
    var labels: [Label: SourceLocation]
    var known: KnownFailure?

    func location(of label: Label) -> SourceLocation { labels[label] ?? location }
}

extension Format where Value == PlacedExpectation {
    /// The text alone, or with what is known of it.
    static let expectation: Format = {
        var format = either
        format.example = stated.example
        let read = format.read
        format.read = { node, diagnostics in
            // A text with a colon is a mapping to YAML: what has neither key was meant as the text alone.
            guard case .mapping(let pairs) = node.content,
                !pairs.contains(where: { key, _ in
                    Spelling.nearest(to: key.scalar?.text ?? "", among: ["expect", "known"]) != nil
                })
            else { return read(node, diagnostics) }
            return stated.read(node, diagnostics)
        }
        return format
    }()

    private static let either = Format.either(
        scalar: stated,
        else: .object(
            "expectation",
            "Something that must be true in the end, and what is known of it.",
            .required("expect", stated, "What must be true."),
            .optional("known", .known, "Why it falls short for now; without it, it must hold.")
        ) { _, expectation, known in
            var expectation = expectation
            expectation?.known = known
            return expectation
        }.snippets(explainedSnippets).named("explained_expectation")
    )

    private static let stated = Format<ParsedExpectation>.notation(.expectation, snippets: snippets).map {
        parsed,
        node in
        PlacedExpectation(
            parsed: parsed,
            location: node.location,
            labels: parsed.labelOffsets.mapValues { node.location(ofOffset: $0) }
        )
    }

    private static let explainedSnippets = [
        Snippet(
            "what is known to fall short",
            [
                "expect": "${1:late == 0}",
                "known": ["issue": "${2:#12}", "until": "${3:2027-01-31}", "why": "${4:the modems answer slowly}"],
            ]
        )
    ]

    private static let snippets = [
        Snippet("how many records", "dispatches == ${1:1000}"),
        Snippet("who answers in time", "acknowledged{program:${1:1}} >= ${2:94%} within ${3:10m}"),
        Snippet("how long an answer takes", "acknowledgement_latency{program:${1:1}}.${2:p90} < ${3:7m}"),
        Snippet("what comes before what", "never ${1:text} after ${2:acknowledged}"),
        Snippet("what a message says", "message{customer:${1:1}} contains \"${2:full curtailment plan}\""),
    ]
}
