public import Analysis
public import DispatchStore

/// What became of comparing a run's decisions with the approved ones.
public struct DecisionReview: Sendable, Equatable {
    public enum Outcome: Sendable, Equatable {
        /// Nobody has approved any.
        case unapproved
        /// Nobody has approved any, though that is asked for.
        case missing
        /// Approved with this run, by its own word.
        case approvedNow
        case same
        case different([DecisionDifference])
        /// They cannot be, for this reason.
        case notCompared(String)
        /// The approved ones cannot be read; that is never a pass.
        case unreadable(LedgerError)
    }

    /// Where the approved ledger is, or would be.
    public let approvedPath: String
    public let outcome: Outcome

    public init(approvedPath: String, _ outcome: Outcome) {
        self.approvedPath = approvedPath
        self.outcome = outcome
    }

    /// Compares a run's ledger with the approved one.
    /// - Parameters:
    ///   - approved: its text; `nil` when there is none.
    ///   - isRequired: that there is none is no pass.
    ///   - seedIsReplaced: the run had another seed than its scenario says. Then other things are decided, and none of them was
    ///     approved. A seed that is different because the scenario was changed is a difference as any other.
    public init(
        _ ledger: Ledger,
        world: RunHeader.World,
        approved: String?,
        approvedPath: String,
        isRequired: Bool = false,
        seedIsReplaced: Bool
    ) {
        self.approvedPath = approvedPath
        guard let approved else {
            outcome = isRequired && world == .virtual ? .missing : .unapproved
            return
        }
        guard world == .virtual else {
            outcome = .notCompared("a live run decides by who was faster; only virtual runs are compared")
            return
        }
        do throws(LedgerError) {
            let (old, differences) = try ledger.comparison(with: approved, path: approvedPath)
            if old.seed != ledger.seed, seedIsReplaced {
                outcome = .notCompared("approved with seed \(old.seed), and this run had seed \(ledger.seed)")
            } else {
                outcome = differences.isEmpty ? .same : .different(differences)
            }
        } catch {
            outcome = .unreadable(error)
        }
    }

    var isCompared: Bool {
        switch outcome {
        case .same, .different, .unreadable, .missing, .approvedNow: true
        case .unapproved, .notCompared: false
        }
    }

    /// Whether what was decided is not what was approved.
    public var differs: Bool {
        switch outcome {
        case .different, .unreadable, .missing: true
        case .unapproved, .approvedNow, .same, .notCompared: false
        }
    }
}
