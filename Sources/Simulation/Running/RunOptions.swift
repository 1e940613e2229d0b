public import Analysis
public import Base
public import DispatchStore
package import Journal

/// How a scenario is to be run.
public struct RunOptions: Sendable {
    public var world: RunHeader.World
    /// Replaces the scenario's own seed.
    public var seed: UInt64?
    /// How many times as fast as the machine's clock the grid's goes in a live run.
    public var speed: Double
    /// Whether a live run ends as soon as nothing more is going to happen, instead of at the scenario's end.
    public var untilQuiet: Bool
    /// Whether a virtual run plays only heartbeats that can change something. Nobody sees a difference but in the time that it takes.
    package var reckonsHeartbeats = true
    /// What the dispatcher of a virtual run keeps its decisions in, made of the record that would keep them by itself.
    package var storage: @Sendable (any DispatchStorage) -> any DispatchStorage = { $0 }
    /// A server that runs elsewhere; `nil`: one of the run's own on a free port.
    public var target: TargetServer.Address?
    /// What serves a live run whose faults strike the server.
    public var server = ServerProcess.ofThisProcess
    /// The instant on the wall's clock by which known failures are over or not; `nil`: that of the run.
    public var today: Timestamp?
    /// The folder in which each scenario's reports get a folder.
    public var reports: String
    /// Of GridDrill, for the record.
    public var version: String

    public init(
        world: RunHeader.World = .virtual,
        seed: UInt64? = nil,
        speed: Double = 1,
        untilQuiet: Bool = false,
        target: TargetServer.Address? = nil,
        reports: String = "reports",
        version: String
    ) {
        self.world = world
        self.seed = seed
        self.speed = speed
        self.untilQuiet = untilQuiet
        self.target = target
        self.reports = reports
        self.version = version
    }
}

/// How far a run has come.
public struct RunProgress: Sendable {
    /// Of the scenario's time, 0 … 1.
    public var fraction: Double
    public var dispatches: Int
    public var events: Int

    public init(fraction: Double = 0, dispatches: Int = 0, events: Int = 0) {
        self.fraction = fraction
        self.dispatches = dispatches
        self.events = events
    }
}

/// What is left of a run when it is over.
public struct RunOutcome: Sendable {
    public var header: RunHeader
    public var record: String
    public var history: History
    /// What was decided, for the ledger; `nil` after a live run, whose record its server wrote.
    public var tally: DecisionTally?
    public var expectations: [ExpectationFinding]
    public var checks: [CheckFinding]
    /// What happened in the world: packets carried, clients woken, inputs handled.
    public var events: Int
}

/// Why a run could not be carried through: for the person who started it.
public struct RunError: Error, CustomStringConvertible, Sendable {
    public let description: String

    public init(_ description: String) {
        self.description = description
    }
}
