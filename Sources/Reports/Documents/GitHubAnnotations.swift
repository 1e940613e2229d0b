internal import Analysis
internal import Base
internal import DispatchStore

/// What fell short, and as notices what was known to, as commands that GitHub Actions reads from a job's output and shows at the lines of the scenario files
/// (https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands).
public struct GitHubAnnotations: Sendable {
    /// Of a run's differences in decisions: GitHub shows ten annotations of a step.
    private static let mostDifferences = 10
    private let summary: SuiteSummary

    public init(_ summary: SuiteSummary) {
        self.summary = summary
    }

    /// A line a finding; empty when all simply held.
    public var text: String { summary.entries.flatMap(Self.commands).map { $0 + "\n" }.joined() }

    private static func commands(_ entry: SuiteSummary.Entry) -> [String] {
        switch entry {
        case .run(let run): commands(run)
        case .broken(let run) where run.problems.isEmpty:
            [error(in: run.file, title: "\(run.name): \(run.status.name)", run.message)]
        case .broken(let run):
            run.problems.map {
                error(in: $0.path, line: $0.line, column: $0.column, title: run.status.name, $0.message)
            }
        }
    }

    private static func commands(_ run: RunSummary) -> [String] {
        let (name, path) = (run.header.name, run.header.file)
        let fallen = run.expectations.failures.map { finding in
            let reasons = finding.failure(in: path).filter { $0.label != "at" }.map { "\($0.label) \($0.text)" }
            return error(
                in: path,
                line: finding.line,
                title: "\(name): an expectation fell short",
                ([finding.text] + reasons + ["repeat with: \(run.header.repeatCommand)"]).joined(separator: "\n")
            )
        }
        let broken = run.checks.filter { $0.violationCount > 0 }.map { check in
            let violations = check.violations.prefix(3).map { $0.text(from: run.header.startsAt) }
            return error(
                in: path,
                title: "\(name): invariant \(check.label) was broken",
                ([check.outcome] + violations).joined(separator: "\n")
            )
        }
        let others = run.statuses.filter { $0 == .internalError }.map {
            error(in: path, title: name, "\($0.name); repeat with: \(run.header.repeatCommand)")
        }
        let known = run.expectations.known.map { finding in
            annotation(
                "notice",
                in: path,
                line: finding.line,
                title: "\(name): known to fall short",
                ([finding.text] + finding.failure(in: path).filter { $0.label != "at" }.map { "\($0.label) \($0.text)" })
                    .joined(separator: "\n")
            )
        }
        return fallen + broken + decisions(run) + others + known
    }

    /// At the lines of the approved ledger that say something else.
    private static func decisions(_ run: RunSummary) -> [String] {
        guard let review = run.decisions else { return [] }
        let title = "\(run.header.name): \(RunStatus.decisionsDiffer.name)"
        let hint = "approve them with: griddrill run --approve \(run.header.file)"
        switch review.outcome {
        case .different(let differences):
            let told = differences.prefix(mostDifferences)
            return told.enumerated().map { index, difference in
                let hidden = index == told.count - 1 ? review.hiddenLine(after: told.count) : []
                return error(
                    in: difference.approvedLine == nil ? run.header.file : review.approvedPath,
                    line: difference.approvedLine,
                    title: title,
                    ([difference.text] + hidden + [hint]).joined(separator: "\n")
                )
            }
        case .unreadable(let mistake):
            return [error(in: mistake.path, line: mistake.line, title: title, mistake.message + "\n" + hint)]
        case .missing: return [error(in: run.header.file, title: title, review.words + "\n" + hint)]
        case .unapproved, .approvedNow, .same, .notCompared: return []
        }
    }

    private static func error(
        in path: String,
        line: Int? = nil,
        column: Int? = nil,
        title: String,
        _ message: String
    ) -> String {
        annotation("error", in: path, line: line, column: column, title: title, message)
    }

    private static func annotation(
        _ kind: String,
        in path: String,
        line: Int? = nil,
        column: Int? = nil,
        title: String,
        _ message: String
    ) -> String {
        var properties = [("file", path)]
        if let line { properties.append(("line", "\(line)")) }
        if let column { properties.append(("col", "\(column)")) }
        properties.append(("title", title))
        let list = properties.map { "\($0.0)=\(escaped($0.1, isProperty: true))" }.joined(separator: ",")
        return "::\(kind) \(list)::\(escaped(message, isProperty: false))"
    }

    /// As the runner itself unescapes it (actions/runner, `ActionCommand`).
    private static func escaped(_ text: String, isProperty: Bool) -> String {
        text.printable(keepingLines: true).escaped { scalar in
            switch scalar {
            case "%": "%25"
            case "\r": "%0D"
            case "\n": "%0A"
            case ":" where isProperty: "%3A"
            case "," where isProperty: "%2C"
            default: nil
            }
        }
    }
}
