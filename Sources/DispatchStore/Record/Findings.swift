public import Base
public import DemandResponse
internal import GRDB
public import Journal

/// An entry of the timeline and when it was carried out: a row of the table `script`.
public struct ScriptStep: Sendable, Equatable {
    public enum Kind: String, Sendable { case incident, modify, cancel }

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
    public var line: Int
    public var text: String
    public var observed: String
    public var held: Bool
    /// Why there is nothing to compare, where that is so.
    public var explanation: String?

    public init(line: Int, text: String, observed: String, held: Bool, explanation: String? = nil) {
        self.line = line
        self.text = text
        self.observed = observed
        self.held = held
        self.explanation = explanation
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

private let scriptTable = Table("script", "position kind name due_at incident committed_at refusal")
private let expectationTable = Table("expectations", "position line text observed held explanation")
private let checkTable = Table("checks", "number name examined violations")
/// Their position is the table's own count.
private let violationTable = Table("violations", "number at message")

extension RunRecord {
    public func write(_ script: [ScriptStep]) throws(StoreError) {
        try file.write { database in
            for (position, step) in script.enumerated() {
                try database.execute(
                    sql: scriptTable.insertion(),
                    arguments: [
                        position + 1, step.kind.rawValue, step.name, step.dueAt.microseconds, step.incident,
                        step.committedAt?.microseconds, step.refusal,
                    ]
                )
            }
        }
    }

    public func write(_ findings: [ExpectationFinding], _ checks: [CheckFinding]) throws(StoreError) {
        try file.write { database in
            for (position, finding) in findings.enumerated() {
                try database.execute(
                    sql: expectationTable.insertion(),
                    arguments: [
                        position + 1, finding.line, finding.text, finding.observed, finding.held,
                        finding.explanation,
                    ]
                )
            }
            for check in checks {
                try database.execute(
                    sql: checkTable.insertion(),
                    arguments: [check.number, check.name, check.examined, check.violationCount]
                )
                for violation in check.violations {
                    try database.execute(
                        sql: violationTable.insertion(),
                        arguments: [check.number, violation.at?.microseconds, violation.message]
                    )
                }
            }
        }
    }

    public func readScript() throws(StoreError) -> [ScriptStep] {
        try file.read(ScriptStep.all)
    }

    public func readExpectations() throws(StoreError) -> [ExpectationFinding] {
        try file.read { database in
            try Row.fetchAll(database, sql: expectationTable.selection + " ORDER BY position").map { row in
                ExpectationFinding(
                    line: row["line"],
                    text: row["text"],
                    observed: row["observed"],
                    held: row["held"],
                    explanation: row["explanation"]
                )
            }
        }
    }

    public func readChecks() throws(StoreError) -> [CheckFinding] {
        try file.read { database in
            try Row.fetchAll(database, sql: checkTable.selection + " ORDER BY number").map { row in
                let number: Int = row["number"]
                let violations = try Row.fetchAll(
                    database,
                    sql: violationTable.selection + " WHERE number = ? ORDER BY position",
                    arguments: [number]
                )
                return CheckFinding(
                    number: number,
                    name: row["name"],
                    examined: row["examined"],
                    violationCount: row["violations"],
                    violations: violations.map {
                        CheckFinding.Violation(
                            at: ($0["at"] as Int64?).map(Timestamp.init(microseconds:)),
                            message: $0["message"]
                        )
                    }
                )
            }
        }
    }
}

extension ScriptStep {
    /// Those of a record, in their order.
    static func all(_ database: Database) throws -> [ScriptStep] {
        try Row.fetchAll(database, sql: scriptTable.selection + " ORDER BY position").map { row in
            ScriptStep(
                kind: ScriptStep.Kind(rawValue: row["kind"]) ?? .incident,
                name: row["name"],
                dueAt: Timestamp(microseconds: row["due_at"]),
                incident: row["incident"],
                committedAt: (row["committed_at"] as Int64?).map(Timestamp.init(microseconds:)),
                refusal: row["refusal"]
            )
        }
    }
}
