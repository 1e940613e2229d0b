public import Base
public import DemandResponse

/// A rehearsal, as a scenario file describes it: the grid, the customers and the networks between them, resolved and
/// checked. Every name in it is defined, every instant is absolute.
public struct Scenario: Sendable, Equatable {
    public var name: String
    public var description: String
    /// By which it is picked out of a suite.
    public var tags: [String]
    /// From it derive all random draws of a run.
    public var seed: UInt64
    /// What the virtual clock says at the beginning.
    public var starts: Timestamp
    /// The zone of `starts`, as seconds east of UTC: the run's own clock times, such as `at: 20:45`, are read in it.
    public var utcOffsetSeconds: Int
    public var lasts: Span
    public var server: ServerSettings
    public var roster: Roster
    /// In the order of the file; see ``behaviours()`` for what they amount to.
    public var clients: [ClientRule]
    /// Methods without an entry deliver at once and never fail.
    public var carriers: [DispatchMethod: Carrier]
    /// In order of time; entries of one instant stay in the order of the file.
    public var timeline: [TimelineEntry]
    /// In the order of the file.
    public var faults: [Fault]
    public var expectations: [Expectation]
    public var source: ScenarioSource

    public init(
        name: String,
        description: String = "",
        tags: [String] = [],
        seed: UInt64,
        starts: Timestamp,
        utcOffsetSeconds: Int = 0,
        lasts: Span,
        server: ServerSettings = ServerSettings(),
        roster: Roster,
        clients: [ClientRule] = [],
        carriers: [DispatchMethod: Carrier] = [:],
        timeline: [TimelineEntry] = [],
        faults: [Fault] = [],
        expectations: [Expectation] = [],
        source: ScenarioSource = ScenarioSource(path: "", text: "")
    ) {
        self.name = name
        self.description = description
        self.tags = tags
        self.seed = seed
        self.starts = starts
        self.utcOffsetSeconds = utcOffsetSeconds
        self.lasts = lasts
        self.server = server
        self.roster = roster
        self.clients = clients
        self.carriers = carriers
        self.timeline = timeline
        self.faults = faults
        self.expectations = expectations
        self.source = source
    }

    /// The last instant of the run.
    public var ends: Timestamp { starts + lasts }

    /// The zone of `starts`: that of programs that name none.
    public var timeZone: String { ZonedTime.zone(ofOffset: utcOffsetSeconds) }
}

/// Where a scenario came from, word for word.
public struct ScenarioSource: Sendable, Equatable {
    /// A file that the scenario's own includes.
    public struct Included: Sendable, Equatable {
        /// As the scenario names it.
        public var name: String
        public var text: String

        public init(name: String, text: String) {
            self.name = name
            self.text = text
        }
    }

    /// Of the file.
    public var path: String
    public var text: String
    /// In the order in which they are named.
    public var included: [Included]
    /// Of a file with a matrix which of its combinations, as `loss 1%, ping 10s`.
    public var combination: String?

    public init(path: String, text: String, included: [Included] = [], combination: String? = nil) {
        self.path = path
        self.text = text
        self.included = included
        self.combination = combination
    }

    /// What tells this scenario from all others: the file and the combination.
    public var place: ScenarioPath { ScenarioPath(file: path, combination: combination) }
}

/// How the server under rehearsal is set.
public struct ServerSettings: Sendable, Equatable {
    /// Engine.IO's heartbeat: how often the server pings a session, and how long it waits for the answer.
    public var pingInterval: Span
    public var pingTimeout: Span

    public init(
        pingInterval: Span = ServerSettings.defaultPingInterval,
        pingTimeout: Span = ServerSettings.defaultPingTimeout
    ) {
        self.pingInterval = pingInterval
        self.pingTimeout = pingTimeout
    }

    /// Within what time the server misses a client that went without a word.
    public var noticing: Span { pingInterval + pingTimeout }

    /// As Socket.IO 4 has them.
    public static let defaultPingInterval = Span.seconds(25)
    public static let defaultPingTimeout = Span.seconds(20)
}

/// A place in a scenario file, both counted from 1; columns count Unicode scalars.
public struct SourceLocation: Sendable, Hashable, Comparable {
    public var line: Int
    public var column: Int
    /// 0 for the scenario's own file. What it includes comes before its own: those files count up to -1.
    var file = 0

    public init(line: Int, column: Int) {
        self.line = line
        self.column = column
    }

    init(line: Int, column: Int, file: Int) {
        self.init(line: line, column: column)
        self.file = file
    }

    /// The same place in another file.
    func `in`(_ file: Int) -> SourceLocation { SourceLocation(line: line, column: column, file: file) }

    public static func < (a: SourceLocation, b: SourceLocation) -> Bool {
        (a.file, a.line, a.column) < (b.file, b.line, b.column)
    }
}
