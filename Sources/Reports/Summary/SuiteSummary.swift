public import DemandResponse
internal import DispatchStore

/// A scenario of the suite that has no record: its file is invalid, or its run was broken off.
public struct BrokenRun: Sendable, Equatable {
    /// The scenario's name, or its file's where the name is not known.
    public var name: String
    public var path: String
    /// What is wrong, for a person; it may have many lines.
    public var message: String
    public var status: RunStatus

    public init(name: String, path: String, message: String, status: RunStatus) {
        self.name = name
        self.path = path
        self.message = message
        self.status = status
    }
}

/// What several runs came to, in the order in which they are to be shown.
public struct SuiteSummary: Sendable {
    public enum Entry: Sendable {
        case run(RunSummary)
        case broken(BrokenRun)

        public var name: String {
            switch self {
            case .run(let run): run.header.name
            case .broken(let run): run.name
            }
        }

        public var status: RunStatus {
            switch self {
            case .run(let run): run.status
            case .broken(let run): run.status
            }
        }
    }

    public var entries: [Entry]
    /// From the first run's start to the last one's end on the wall's clock; runs may overlap.
    public var wallDuration: Span?

    public init(entries: [Entry], wallDuration: Span? = nil) {
        self.entries = entries
        self.wallDuration = wallDuration
    }

    public var runs: [RunSummary] {
        entries.compactMap { if case .run(let run) = $0 { run } else { nil } }
    }

    /// Every status that applies to any of them, the one that wins first; of an empty suite that no scenario matched.
    public var statuses: [RunStatus] {
        let statuses = entries.flatMap { entry in
            switch entry {
            case .run(let run): run.statuses
            case .broken(let run): [run.status]
            }
        }
        return entries.isEmpty ? [.noScenarioMatched] : RunStatus.ranked(statuses)
    }

    /// The exit status.
    public var status: RunStatus { RunStatus.combined(statuses) }
}
