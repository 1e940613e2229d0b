public import Base
public import DemandResponse
internal import GRDB
public import Journal
public import Measures

/// An entry of the timeline and when it was carried out: a row of the table `script`.
public struct ScriptStep: Sendable, Equatable {
    public enum Kind: String, Sendable { case incident, modify, cancel, recall }

    public var kind: Kind
    public var name: String
    public var dueAt: Timestamp
    public var incident: Incident.Number?
    public var committedAt: Timestamp?
    public var refusal: String?

    public init(
        kind: Kind,
        name: String,
        dueAt: Timestamp,
        incident: Incident.Number? = nil,
        committedAt: Timestamp? = nil,
        refusal: String? = nil
    ) {
        self.kind = kind
        self.name = name
        self.dueAt = dueAt
        self.incident = incident
        self.committedAt = committedAt
        self.refusal = refusal
    }
}

/// An expectation and what was observed: a row of the table `expectations`.
public struct ExpectationFinding: Sendable, Equatable {
    /// What a finding comes to.
    public enum Verdict: String, Sendable {
        case held
        case fellShort = "fell_short"
        /// It fell short, as was known.
        case known
        /// It was known to fall short, and holds: what the scenario says of it is no longer true.
        case outlived
    }

    public var line: Int
    public var text: String
    public var observed: String
    /// What was observed is what was expected; whether that is good is the ``verdict``'s to say.
    public var held: Bool
    /// Why there is nothing to compare, where that is so.
    public var explanation: String?
    public var known: KnownFailure?
    /// Whether the run was made after the last day of what is known.
    public var knownIsOver: Bool

    public init(
        line: Int,
        text: String,
        observed: String,
        held: Bool,
        explanation: String? = nil,
        known: KnownFailure? = nil,
        knownIsOver: Bool = false
    ) {
        self.line = line
        self.text = text
        self.observed = observed
        self.held = held
        self.explanation = explanation
        self.known = known
        self.knownIsOver = knownIsOver
    }

    /// Observed where there was nothing to look at.
    public static let nothing = "none"
    /// Observed where there were too few samples to carry what was asked for.
    public static let withheld = "withheld"

    /// What is known is that it falls short, not that nothing measures it any more.
    public var verdict: Verdict {
        let isMeasured = observed != Self.nothing && observed != Self.withheld
        guard known != nil, !knownIsOver, isMeasured else { return held ? .held : .fellShort }
        return held ? .outlived : .known
    }

    /// Whether the run may pass with it.
    public var passes: Bool {
        switch verdict {
        case .held, .known: true
        case .fellShort, .outlived: false
        }
    }
}

/// What one invariant's checker looked at and found: a row of `checks`, and its rows of `violations`.
public struct CheckFinding: Sendable, Equatable {
    public struct Violation: Sendable, Equatable {
        public var at: Timestamp?
        public var message: String

        public init(at: Timestamp?, message: String) {
            self.at = at
            self.message = message
        }
    }

    /// The number of the invariant in the design.
    public var number: Int
    public var name: String
    public var examined: Int
    /// How many there are; `violations` shows the first of them.
    public var violationCount: Int
    public var violations: [Violation]

    public init(number: Int, name: String, examined: Int, violationCount: Int, violations: [Violation]) {
        self.number = number
        self.name = name
        self.examined = examined
        self.violationCount = violationCount
        self.violations = violations
    }
}

extension RunRecord {
    public func write(_ script: [ScriptStep]) throws(StoreError) {
        try file.write { database in
            let row = try WriteStatement<ScriptStep.Column>(database)
            for (index, step) in script.enumerated() {
                try row.run([
                    .position: index + 1, .kind: step.kind.rawValue, .name: step.name, .dueAt: step.dueAt,
                    .incident: step.incident, .committedAt: step.committedAt, .refusal: step.refusal,
                ])
            }
        }
    }

    public func write(_ findings: [ExpectationFinding], _ checks: [CheckFinding]) throws(StoreError) {
        try file.write { database in
            let expectation = try WriteStatement<ExpectationFinding.Column>(database)
            for (index, finding) in findings.enumerated() {
                try expectation.run([
                    .position: index + 1, .line: finding.line, .text: finding.text, .observed: finding.observed,
                    .held: finding.held, .explanation: finding.explanation, .knownIssue: finding.known?.issue,
                    .knownUntil: finding.known?.until, .knownWhy: finding.known?.why,
                    .knownIsOver: finding.knownIsOver,
                ])
            }
            let row = try WriteStatement<CheckFinding.Column>(database)
            let violationRow = try WriteStatement<CheckFinding.Violation.Column>(database)
            for check in checks {
                try row.run([
                    .number: check.number, .name: check.name, .examined: check.examined,
                    .violations: check.violationCount,
                ])
                for violation in check.violations {
                    try violationRow.run([.number: check.number, .at: violation.at, .message: violation.message])
                }
            }
        }
    }

    public func readScript() throws(StoreError) -> [ScriptStep] { try file.read(ScriptStep.all) }

    public func readExpectations() throws(StoreError) -> [ExpectationFinding] {
        try file.read { database in
            // All columns that there are: a file of an older version has fewer.
            try Cursor<ExpectationFinding.Column>(database, "SELECT * FROM expectations ORDER BY position").map { row in
                ExpectationFinding(
                    line: row[.line],
                    text: row[.text],
                    observed: row[.observed],
                    held: row[.held],
                    explanation: row[.explanation],
                    known: (row[.knownIssue] as String?).map { issue in
                        KnownFailure(issue: issue, until: row[.knownUntil] ?? "", why: row[.knownWhy] ?? "")
                    },
                    knownIsOver: row[.knownIsOver] ?? false
                )
            }
        }
    }

    public func readChecks() throws(StoreError) -> [CheckFinding] {
        try file.read { database in
            try Cursor<CheckFinding.Column>(database, CheckFinding.Column.selection + " ORDER BY number").map { row in
                let number: Int = row[.number]
                let violations = try Cursor<CheckFinding.Violation.Column>(
                    database,
                    CheckFinding.Violation.Column.selection + " WHERE number = ? ORDER BY position",
                    [number]
                )
                return CheckFinding(
                    number: number,
                    name: row[.name],
                    examined: row[.examined],
                    violationCount: row[.violations],
                    violations: try violations.map { CheckFinding.Violation(at: $0[.at], message: $0[.message]) }
                )
            }
        }
    }
}

extension ScriptStep {
    enum Column: Int, TableColumn {
        static let table = "script"
        case position, kind, name, dueAt, incident, committedAt, refusal
    }

    /// Those of a record, in their order.
    static func all(_ database: Database) throws -> [ScriptStep] {
        try Cursor<Column>(database, Column.selection + " ORDER BY position").map { row in
            ScriptStep(
                kind: Kind(rawValue: row[.kind]) ?? .incident,
                name: row[.name],
                dueAt: row[.dueAt],
                incident: row[.incident],
                committedAt: row[.committedAt],
                refusal: row[.refusal]
            )
        }
    }
}

extension ExpectationFinding {
    fileprivate enum Column: Int, TableColumn {
        static let table = "expectations"
        case position, line, text, observed, held, explanation
        case knownIssue, knownUntil, knownWhy, knownIsOver
    }
}

extension CheckFinding {
    fileprivate enum Column: Int, TableColumn {
        static let table = "checks"
        case number, name, examined, violations
    }
}

extension CheckFinding.Violation {
    /// Its position is the table's own count.
    fileprivate enum Column: Int, TableColumn {
        static let table = "violations"
        case number, at, message
    }
}
