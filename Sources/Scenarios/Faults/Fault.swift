public import Base

/// Something that the script makes go wrong.
public struct Fault: Sendable, Equatable {
    /// When it strikes.
    public enum Trigger: Sendable, Equatable {
        /// At an instant within the run.
        case at(Timestamp)
        /// So long after something has happened; zero: in the very moment.
        case on(Happening, after: Span)
    }

    /// What goes wrong.
    public enum Kind: Sendable, Equatable {
        case restart(Restart)
    }

    /// As the file says it, else `fault-1`, `fault-2` … by its place in the list.
    public var id: String
    public var trigger: Trigger
    public var kind: Kind
    public var location: SourceLocation

    public init(
        id: String,
        trigger: Trigger,
        kind: Kind,
        location: SourceLocation = SourceLocation(line: 1, column: 1)
    ) {
        self.id = id
        self.trigger = trigger
        self.kind = kind
        self.location = location
    }

    /// What a fault is called that has no id in the file.
    static func standardID(at index: Int) -> String { "fault-\(index + 1)" }
}

/// Something that the journal tells of an incident, and which of its occurrences is meant.
public struct Happening: Sendable, Equatable {
    public enum What: String, Sendable, CaseIterable, Codable {
        /// The incident's creation, and after it each of its changes, its cancellation or its recall.
        case committed
        /// An acknowledgement of one of its dispatches that counts: each customer's first one.
        case acknowledged
        /// A request about the incident that is refused.
        case refused
    }

    public var what: What
    /// The script's name for it. Of what is refused there may be no such incident.
    public var incident: String
    /// From 1.
    public var nth: Int

    public init(_ what: What, incident: String, nth: Int = 1) {
        self.what = what
        self.incident = incident
        self.nth = nth
    }
}

/// The server goes and comes back.
public struct Restart: Sendable, Equatable {
    public enum How: String, Sendable, CaseIterable {
        /// All that was not committed is lost, and sessions end without a word.
        case kill
        /// The server ends in order: it takes nothing new, finishes what it has and says goodbye.
        case term
        /// Nothing moves for a while; afterwards all timers are late.
        case pause
    }

    /// Two steps of the engine, between which a kill can strike.
    public enum Boundary: String, Sendable, CaseIterable {
        /// The rules have decided what storage never gets to see.
        case decisionAndCommit = "decision, commit"
        /// Storage holds what nobody has been told yet.
        case commitAndEffects = "commit, effects"
    }

    public var how: How
    /// How long until the server starts again, or goes on; more than zero.
    public var down: Span
    /// The steps of the batch that does what the fault waits for, or of the next one if it waits for an instant;
    /// `nil`: between two batches.
    public var boundary: Boundary?

    public init(_ how: How, down: Span, boundary: Boundary? = nil) {
        self.how = how
        self.down = down
        self.boundary = boundary
    }
}
