internal import Analysis
internal import Base

extension DecisionReview {
    /// How many differences are told one by one; both ledgers have the rest.
    static let mostTold = 12

    /// In a line.
    var words: String {
        switch outcome {
        case .unapproved: "none are approved: --approve writes \(approvedPath)"
        case .missing: "none are approved, and they have to be: --approve writes \(approvedPath)"
        case .approvedNow: "written to \(approvedPath)"
        case .same: "as approved in \(approvedPath)"
        case .different(let differences):
            "\(Units.plural(differences.count, "difference")) from \(approvedPath)"
        case .notCompared(let reason): "not compared with \(approvedPath): \(reason)"
        case .unreadable: "the approved ones cannot be read"
        }
    }

    /// What stands below the differences that are told, where that are not all.
    func hiddenLine(after most: Int = mostTold) -> [String] {
        guard case .different(let differences) = outcome, differences.count > most else { return [] }
        return ["… and \(Units.count(differences.count - most)) more: see decisions.ledger beside the record"]
    }

    var json: JSON {
        let (name, reason): (String, String?) =
            switch outcome {
            case .unapproved: ("unapproved", nil)
            case .missing: ("missing", nil)
            case .approvedNow: ("approved now", nil)
            case .same: ("same", nil)
            case .different: ("different", nil)
            case .notCompared(let reason): ("not compared", reason)
            case .unreadable(let error): ("unreadable", error.description)
            }
        let differences = if case .different(let differences) = outcome { differences } else { [DecisionDifference]() }
        return .object([
            "approved_path": .string(approvedPath), "outcome": .string(name), "reason": JSON(reason),
            "difference_count": JSON(differences.count),
            "differences": .array(
                differences.prefix(100).map {
                    .object([
                        "subject": .string($0.subject), "change": .string($0.change), "count": JSON($0.count),
                        "approved_line": JSON($0.approvedLine.map(Int64.init)),
                    ])
                }
            ),
        ])
    }
}
