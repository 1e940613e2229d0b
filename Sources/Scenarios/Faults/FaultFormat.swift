internal import Base
import DemandResponse

/// A fault as its mapping says it; what could not be read is `nil`.
struct FaultDraft: Sendable {
    enum Kind: Sendable {
        case restart(RestartDraft)
    }

    var location: SourceLocation
    var id: Located<String>?
    var at: Located<WrittenInstant>?
    var on: HappeningDraft?
    var after: Located<Span>?
    var kind: Kind?
}

struct HappeningDraft: Sendable {
    var what: Happening.What
    var incident: Located<String>
    var nth: Int
}

struct RestartDraft: Sendable {
    var how: Restart.How?
    var down: Located<Span>?
    var boundary: Located<Restart.Boundary>?
}

extension Format where Value == FaultDraft {
    static let fault = Format.object(
        "fault",
        "Something that goes wrong.",
        .optional(
            "id",
            .located(.notation(.faultID)),
            "What reports call it; without it, fault-1, fault-2 … by its place in the list."
        ),
        .alternative("at", .located(.notation(.instant)), "When it strikes, within the run."),
        .alternative("on", .happening, "What it waits for."),
        .optional("after", .located(.notation(.duration)), "How long after that; only with 'on'. Without it, at once."),
        .required("restart", .restart, "The server goes and comes back.")
    ) { location, id, at, on, after, restart in
        FaultDraft(
            location: location,
            id: id,
            at: at,
            on: on,
            after: after,
            kind: restart.map(FaultDraft.Kind.restart)
        )
    }.named("fault")
}

extension Format where Value == HappeningDraft {
    fileprivate static let happening = Format.object(
        "happening",
        "Something that the server does or is told about an incident.",
        .alternative(
            "committed",
            .located(.incidentID),
            "The incident of this id is created; with nth: 2 and more, changed, cancelled or recalled."
        ),
        .alternative("acknowledged", .located(.incidentID), "A customer's first acknowledgement of this incident."),
        .alternative("refused", .located(.incidentID), "A request about this incident is refused."),
        .optional("nth", .integer(1...1_000_000_000), "Which one, from 1; without it, the first.")
    ) { _, committed, acknowledged, refused, nth in
        func draft(_ what: Happening.What) -> (Located<String>) -> HappeningDraft {
            { HappeningDraft(what: what, incident: $0, nth: nth ?? 1) }
        }
        return committed.map(draft(.committed)) ?? acknowledged.map(draft(.acknowledged))
            ?? refused.map(draft(.refused))
    }
}

extension Format where Value == RestartDraft {
    fileprivate static let restart = Format.object(
        "restart",
        "The server goes and comes back.",
        .required(
            "how",
            .words(
                Restart.How.allCases.map { ($0.rawValue, $0) },
                called: "way to restart",
                plural: "ways"
            ),
            "kill (what is not committed is lost), term (in order) or pause (nothing moves, and timers are late)."
        ),
        .required("down", .located(.notation(.duration)), "How long until the server is back."),
        .optional(
            "between",
            .located(.boundary),
            "The steps of the engine between which a kill strikes; without it, between two batches."
        )
    ) { _, how, down, boundary in
        RestartDraft(how: how, down: down, boundary: boundary)
    }
}

extension Format where Value == Restart.Boundary {
    /// `[commit, effects]`, or the same as a text without the brackets.
    fileprivate static let boundary = Format.either(scalar: .notation(.boundary), else: list)

    private static let list: Format = {
        let steps = Format<[Located<String>]>.list(
            of: .located(.words(Restart.Boundary.steps.map { ($0, $0) }, called: "step", plural: "steps"))
        )
        let choices = Restart.Boundary.allCases.map { JSON.strings($0.steps) }
        return Format(schema: .members([("enum", .array(choices))]), expected: "a list of two steps") {
            node,
            diagnostics in
            guard let steps = steps.read(node, diagnostics), case .sequence(let nodes) = node.content,
                steps.count == nodes.count
            else { return nil }
            let names = steps.map(\.value)
            if let boundary = Restart.Boundary.allCases.first(where: { $0.steps == names }) { return boundary }
            let known = Restart.Boundary.allCases.map { "[\($0.rawValue)]" }
            diagnostics.error(
                "[\(names.joined(separator: ", "))] are not two steps of which one follows the other",
                at: node.location,
                help: "known boundaries: \(known.joined(separator: ", "))"
            )
            return nil
        }
    }()
}

extension Notation where Value == Restart.Boundary {
    fileprivate static let boundary: Notation = Notation(
        name: "boundary",
        documentation: "Two steps of the engine, one after the other.",
        pattern: Restart.Boundary.allCases.map { $0.steps.joined(separator: #"\s*,\s*"#) }.joined(separator: "|"),
        examples: Restart.Boundary.allCases.map { "[\($0.rawValue)]" },
        parse: { text throws(NotationProblem) in
            let steps = text.split(separator: ",").map { String($0.trimmed) }
            guard let boundary = Restart.Boundary.allCases.first(where: { $0.steps == steps }) else {
                throw Notation.boundary.notOne(text)
            }
            return boundary
        }
    )
}

extension Restart.Boundary {
    fileprivate var steps: [String] { rawValue.split(separator: ", ").map(String.init) }

    fileprivate static let steps = ["decision", "commit", "effects"]
}
