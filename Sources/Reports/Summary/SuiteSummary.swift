public import Base
internal import DispatchStore

/// A scenario of the suite that has no record: its file is invalid, or its run was broken off.
public struct BrokenRun: Sendable, Equatable {
    /// One mistake of a scenario file, where it stands.
    public struct Problem: Sendable, Equatable {
        public var path: String
        public var line: Int
        public var column: Int
        public var message: String

        public init(path: String, line: Int, column: Int, message: String) {
            self.path = path
            self.line = line
            self.column = column
            self.message = message
        }
    }

    /// The scenario's name, or its file's where the name is not known.
    public var name: String
    /// As that of a run's header.
    public var path: String
    /// What is wrong, for a person; it may have many lines.
    public var message: String
    public var status: RunStatus
    /// What the message says, one by one, where that is known.
    public var problems: [Problem]

    public init(name: String, path: String, message: String, status: RunStatus, problems: [Problem] = []) {
        self.name = name
        self.path = path
        self.message = message
        self.status = status
        self.problems = problems
    }

    /// The scenario's file.
    var file: String { ScenarioPath(path).file }
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

        /// Of the scenario's file.
        public var path: String {
            switch self {
            case .run(let run): run.header.path
            case .broken(let run): run.path
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
    /// `nil`: this is all of the suite.
    public var shard: SuiteShard?

    public init(entries: [Entry], wallDuration: Span? = nil, shard: SuiteShard? = nil) {
        self.entries = entries
        self.wallDuration = wallDuration
        self.shard = shard
    }

    public var runs: [RunSummary] {
        entries.compactMap { if case .run(let run) = $0 { run } else { nil } }
    }

    /// Every status that applies to any of them, the one that wins first; of an empty suite that no scenario matched, of an empty shard
    /// of one (there are more shards than scenarios) that all held.
    public var statuses: [RunStatus] {
        let statuses = entries.flatMap { entry in
            switch entry {
            case .run(let run): run.statuses
            case .broken(let run): [run.status]
            }
        }
        guard entries.isEmpty else { return RunStatus.ranked(statuses) }
        return [shard == nil ? .noScenarioMatched : .allHeld]
    }

    /// The exit status.
    public var status: RunStatus { RunStatus.combined(statuses) }
}
