public import Base
public import DemandResponse

/// Something that the script makes the grid do.
public struct TimelineEntry: Sendable, Equatable {
    public enum Action: Sendable, Equatable {
        case incident(ScriptedIncident)
        case modify(ScriptedModification)
        /// Cancels the incident of this id.
        case cancel(incident: String)
        /// Ends the incident of this id, with an all-clear.
        case recall(incident: String)
    }

    /// Within the run.
    public var at: Timestamp
    public var action: Action
    /// Why the dispatcher is not going to follow. Such a request may name what does not exist, or contradict itself.
    public var refused: AnnouncedRefusal?
    public var location: SourceLocation

    public init(
        at: Timestamp,
        action: Action,
        refused: AnnouncedRefusal? = nil,
        location: SourceLocation = SourceLocation(line: 1, column: 1)
    ) {
        self.at = at
        self.action = action
        self.refused = refused
        self.location = location
    }
}

/// An incident to be posted. Its id is the script's name for it, which expectations use as a label.
public struct ScriptedIncident: Sendable, Equatable {
    public var id: String
    public var program: Program.ID
    /// Of which groups of the program's customers; empty: all.
    public var groups: [String]
    public var eventType: String
    public var start: Timestamp
    /// `nil`: the end is left open.
    public var end: Timestamp?
    /// `start` and `end` in the words of the message; `nil`: as a clock in the program's zone shows them.
    public var startText: String?
    public var endText: String?
    /// A drill.
    public var isTest: Bool
    /// Who lifts the program's rules that stand against it.
    public var override: Override?

    public init(
        id: String,
        program: Program.ID,
        groups: [String] = [],
        eventType: String,
        start: Timestamp,
        end: Timestamp? = nil,
        startText: String? = nil,
        endText: String? = nil,
        isTest: Bool = false,
        override: Override? = nil
    ) {
        self.id = id
        self.program = program
        self.groups = groups
        self.eventType = eventType
        self.start = start
        self.end = end
        self.startText = startText
        self.endText = endText
        self.isTest = isTest
        self.override = override
    }
}

/// A change of an incident; what is `nil` stays as it is. At least one is not.
public struct ScriptedModification: Sendable, Equatable {
    public var incident: String
    public var start: Timestamp?
    public var end: Timestamp?
    public var eventType: String?
    /// `start` and `end` in the words of the message; `nil`: as a clock in the program's zone shows them.
    public var startText: String?
    public var endText: String?
    /// Who lifts the program's rules that stand against the change.
    public var override: Override?

    public init(
        incident: String,
        start: Timestamp? = nil,
        end: Timestamp? = nil,
        eventType: String? = nil,
        startText: String? = nil,
        endText: String? = nil,
        override: Override? = nil
    ) {
        self.incident = incident
        self.start = start
        self.end = end
        self.eventType = eventType
        self.startText = startText
        self.endText = endText
        self.override = override
    }
}
