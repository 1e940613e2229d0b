internal import Analysis
internal import Base
internal import DispatchStore

/// `junit.xml` of a suite, in the dialect that CI servers read (https://github.com/testmoapp/junitxml): a test suite for each
/// scenario, a test case for each expectation and for each invariant's checker.
///
/// A `failure` is what the scenario's author decides about: an expectation, decisions other than the approved ones. An `error` is what no
/// scenario may lead to: a broken invariant, a file that cannot be read, a run that was broken off. What is known to fall short is `skipped`, as
/// pytest writes an `xfail`: CI servers show that apart from what passed, with its message, and do not fail the job for it.
public struct JUnitDocument: Sendable {
    private let summary: SuiteSummary

    public init(_ summary: SuiteSummary) {
        self.summary = summary
    }

    public var text: String {
        let suites = summary.entries.map(Self.suite)
        var root = XMLElement(name: "testsuites", children: suites.map(\.element))
        root.attributes = [("name", "griddrill")] + suites.reduce(Tally()) { $0 + $1.tally }.attributes
        let wall =
            summary.wallDuration ?? summary.runs.reduce(Span.zero) { $0 + ($1.header.wallDuration ?? .zero) }
        root.attributes.append(("time", Self.seconds(wall)))
        return root.document
    }

    private struct Tally {
        var tests = 0
        var failures = 0
        var errors = 0
        var skipped = 0

        var attributes: [(name: String, value: String)] {
            [("tests", "\(tests)"), ("failures", "\(failures)"), ("errors", "\(errors)"), ("skipped", "\(skipped)")]
        }

        init() {}

        init(of cases: [XMLElement]) {
            func count(_ outcome: String) -> Int { cases.count { $0.children.first?.name == outcome } }
            tests = cases.count
            failures = count("failure")
            errors = count("error")
            skipped = count("skipped")
        }

        static func + (a: Tally, b: Tally) -> Tally {
            var sum = a
            sum.tests += b.tests
            sum.failures += b.failures
            sum.errors += b.errors
            sum.skipped += b.skipped
            return sum
        }
    }

    private static func suite(_ entry: SuiteSummary.Entry) -> (element: XMLElement, tally: Tally) {
        switch entry {
        case .run(let run): suite(run)
        case .broken(let run): suite(run)
        }
    }

    private static func suite(_ run: RunSummary) -> (element: XMLElement, tally: Tally) {
        let header = run.header
        let cases =
            run.expectations.map { expectation($0, run) } + run.checks.map { check($0, run) }
            + [run.comparedDecisions.flatMap { decisions($0, run) }, problem(run)].compactMap { $0 }
        let tally = Tally(of: cases)
        let counts = run.overall.counts
        let tags = header.tags.isEmpty ? [] : [("tags", header.tags.joined(separator: " "))]
        let properties =
            (tags + [
                ("seed", "\(header.seed)"), ("world", header.world.rawValue), ("version", header.version),
                ("repeat", header.repeatCommand), ("record", run.recordPath), ("dispatches", "\(counts.dispatches)"),
                ("delivered", "\(counts.delivered)"), ("customers", "\(counts.customers)"),
                ("customer_incidents", "\(counts.customerIncidents)"), ("acknowledged", "\(counts.acknowledged)"),
                ("late", "\(counts.late)"), ("declined", "\(counts.declined)"),
                ("withdrawn", "\(counts.withdrawn)"),
            ]).map { XMLElement(name: "property", attributes: [("name", $0.0), ("value", $0.1)]) }
        let attributes =
            [("name", header.name)] + tally.attributes + [
                ("time", seconds(header.wallDuration ?? .zero)), ("timestamp", header.wallStartedAt.iso8601),
                ("file", header.file),
            ]
        let element = XMLElement(
            name: "testsuite",
            attributes: attributes,
            children: [XMLElement(name: "properties", children: properties)] + cases
        )
        return (element, tally)
    }

    private static func suite(_ run: BrokenRun) -> (element: XMLElement, tally: Tally) {
        let error = error(run.message, type: run.status)
        let child = testCase(run.status == .invalidScenario ? "reads" : "runs", run.name, run.file, line: nil, error)
        let tally = Tally(of: [child])
        let attributes = [("name", run.name)] + tally.attributes + [("time", seconds(.zero)), ("file", run.file)]
        return (XMLElement(name: "testsuite", attributes: attributes, children: [child]), tally)
    }
}

extension JUnitDocument {
    private static func expectation(_ finding: ExpectationFinding, _ run: RunSummary) -> XMLElement {
        guard finding.verdict != .held else {
            return testCase(finding.text, run.header.name, run.header.file, line: finding.line, nil)
        }
        let lines = finding.failure(in: run.header.file)
        let message = lines.filter { $0.label != "at" }.map { "\($0.label) \($0.text)" }.joined(separator: ", ")
        guard !finding.passes else {
            let attributes = [("message", message), ("type", "known")]
            let skipped = XMLElement(name: "skipped", attributes: attributes)
            return testCase(finding.text, run.header.name, run.header.file, line: finding.line, skipped)
        }
        let text = [finding.text] + lines.map { "  \($0.label.padded(to: 8))  \($0.text)" }
        let failure = failure(message, type: "expectation", text)
        return testCase(finding.text, run.header.name, run.header.file, line: finding.line, failure)
    }

    private static func check(_ check: CheckFinding, _ run: RunSummary) -> XMLElement {
        let name = "invariant \(check.label)"
        guard check.violationCount > 0 else {
            // A checker that saw nothing has not passed.
            let skipped = XMLElement(name: "skipped", attributes: [("message", "nothing to examine")])
            return testCase(name, run.header.name, run.header.file, line: nil, check.examined == 0 ? skipped : nil)
        }
        var text = check.violations.map { $0.text(from: run.header.startsAt) }
        let hidden = check.violationCount - check.violations.count
        if hidden > 0 { text.append("… and \(Units.count(hidden)) more") }
        let error = finding("error", check.outcome, type: "invariant", text)
        return testCase(name, run.header.name, run.header.file, line: nil, error)
    }

    private static func decisions(_ review: DecisionReview, _ run: RunSummary) -> XMLElement? {
        let outcome: XMLElement?
        switch review.outcome {
        case .unapproved: return nil
        case .missing: outcome = failure(review.words, type: "decisions", [review.words])
        case .same, .approvedNow: outcome = nil
        case .notCompared(let reason): outcome = XMLElement(name: "skipped", attributes: [("message", reason)])
        case .unreadable(let error): outcome = failure(error.message, type: "decisions", [error.description])
        case .different(let differences):
            let lines = differences.prefix(DecisionReview.mostTold).map(\.text) + review.hiddenLine()
            outcome = failure(review.words, type: "decisions", lines)
        }
        return testCase("decisions as approved", run.header.name, run.header.file, line: nil, outcome)
    }

    /// What neither an expectation nor a checker says.
    private static func problem(_ run: RunSummary) -> XMLElement? {
        guard run.statuses.contains(.internalError) else { return nil }
        let problem = error("the run was broken off: its record is of no use", type: .internalError)
        return testCase("runs as it should", run.header.name, run.header.file, line: nil, problem)
    }

    private static func testCase(
        _ name: String,
        _ scenario: String,
        _ path: String,
        line: Int?,
        _ outcome: XMLElement?
    ) -> XMLElement {
        var attributes = [("name", name), ("classname", scenario), ("time", seconds(.zero)), ("file", path)]
        if let line { attributes.append(("line", "\(line)")) }
        return XMLElement(name: "testcase", attributes: attributes, children: outcome.map { [$0] } ?? [])
    }

    private static func failure(_ message: String, type: String, _ lines: [String]) -> XMLElement {
        finding("failure", message, type: type, lines)
    }

    private static func finding(_ name: String, _ message: String, type: String, _ lines: [String]) -> XMLElement {
        XMLElement(
            name: name,
            attributes: [("message", message), ("type", type)],
            text: lines.joined(separator: "\n")
        )
    }

    private static func error(_ message: String, type: RunStatus) -> XMLElement {
        let first = message.split(separator: "\n").first.map(String.init) ?? message
        return XMLElement(name: "error", attributes: [("message", first), ("type", type.name)], text: message)
    }

    /// With three decimals, as readers of these files expect.
    private static func seconds(_ span: Span) -> String {
        let milliseconds = (span.microseconds + 500) / 1_000
        return "\(milliseconds / 1_000)." + String(1_000 + milliseconds % 1_000).dropFirst()
    }
}
