public import Base
internal import Foundation
internal import GRDB
public import Journal

/// What ran, in which world, and how it can be repeated: the row of the table `run`.
public struct RunHeader: Sendable, Equatable {
    public enum World: String, Sendable { case virtual, live }
    public enum Verdict: String, Sendable { case passed, failed, violated }

    public var name: String
    public var description: String
    public var path: String
    public var scenario: String
    public var scenarioSHA256: String
    public var seed: UInt64
    public var world: World
    public var speed: Double
    /// How many times as fast as the machine's clock that of the record goes: the speed of a live run, but 1 in records of versions that
    /// kept the machine's time at any speed.
    public internal(set) var clockSpeed: Double
    /// Keys of the scenario that the run's world does not play.
    public var unplayed: [String]
    /// The server that a live run was carried out against, where that was not its own.
    public var target: String?
    public var version: String
    public var repeatCommand: String
    /// On the run's own clock.
    public var startsAt: Timestamp
    public var endsAt: Timestamp
    public var wallStartedAt: Timestamp
    public var wallFinishedAt: Timestamp?
    public var wallDuration: Span?
    /// `nil`: the run was broken off.
    public var verdict: Verdict?
    /// `nil`: made by a version that did not say.
    public var environment: RunEnvironment?

    public init(
        name: String,
        description: String,
        path: String,
        scenario: String,
        scenarioSHA256: String,
        seed: UInt64,
        world: World,
        speed: Double,
        target: String? = nil,
        version: String,
        repeatCommand: String,
        startsAt: Timestamp,
        endsAt: Timestamp,
        wallStartedAt: Timestamp,
        wallFinishedAt: Timestamp? = nil,
        wallDuration: Span? = nil,
        verdict: Verdict? = nil,
        environment: RunEnvironment? = nil,
        unplayed: [String] = []
    ) {
        self.name = name
        self.description = description
        self.path = path
        self.scenario = scenario
        self.scenarioSHA256 = scenarioSHA256
        self.seed = seed
        self.world = world
        self.speed = speed
        clockSpeed = world == .live ? speed : 1
        self.unplayed = unplayed
        self.target = target
        self.version = version
        self.repeatCommand = repeatCommand
        self.startsAt = startsAt
        self.endsAt = endsAt
        self.wallStartedAt = wallStartedAt
        self.wallFinishedAt = wallFinishedAt
        self.wallDuration = wallDuration
        self.verdict = verdict
        self.environment = environment
    }
}

extension RunHeader {
    /// What the folder of this run's reports is called.
    public var folderName: String { Self.folderName(ofScenarioAt: path) }

    /// The file's name without its ending.
    public static func folderName(ofScenarioAt path: String) -> String {
        let name = URL(fileURLWithPath: path).deletingPathExtension().lastPathComponent
        return name.isEmpty ? "scenario" : name
    }
}

private let runTable = Table(
    "run",
    """
    one name description path scenario scenario_sha256 seed world speed version repeat_command starts_at ends_at
    wall_started_at wall_finished_at wall_microseconds verdict target environment clock_speed unplayed
    """
)

extension RunRecord {
    /// Writes the row of the table `run`, in place of the one that may be there.
    public func write(_ run: RunHeader) throws(StoreError) {
        try file.write { database in
            try database.execute(
                sql: runTable.insertion("INSERT OR REPLACE"),
                arguments: [
                    1, run.name, run.description, run.path, run.scenario, run.scenarioSHA256,
                    Int64(bitPattern: run.seed), run.world.rawValue, run.speed, run.version, run.repeatCommand,
                    run.startsAt.microseconds, run.endsAt.microseconds, run.wallStartedAt.microseconds,
                    run.wallFinishedAt?.microseconds, run.wallDuration?.microseconds, run.verdict?.rawValue,
                    run.target, run.environment.map { JournalEncoder.json($0) }, run.clockSpeed,
                    run.unplayed.joined(separator: " "),
                ]
            )
        }
    }

    /// The row of the table `run`; `nil` in a server's database.
    public func readRun() throws(StoreError) -> RunHeader? {
        try file.read { try RunHeader($0) }
    }
}

extension RunHeader {
    init?(_ database: Database) throws {
        // Not by GRDB's conversions, which end the process where a damaged file holds no text for a text.
        // And whole, in the same order: a file of an older version has fewer columns.
        let row = try Cursor(database, "SELECT * FROM \(runTable.name)")
        guard try row.next() else { return nil }
        guard let world = RunHeader.World(rawValue: row.text(7)) else {
            throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "a run in a world that there is not")
        }
        self.init(
            name: row.text(1),
            description: row.text(2),
            path: row.text(3),
            scenario: row.text(4),
            scenarioSHA256: row.text(5),
            seed: UInt64(bitPattern: Int64(row.integer(6))),
            world: world,
            speed: row.real(8),
            target: row.isPresent(17) ? row.text(17) : nil,
            version: row.text(9),
            repeatCommand: row.text(10),
            startsAt: row.timestamp(11),
            endsAt: row.timestamp(12),
            wallStartedAt: row.timestamp(13),
            wallFinishedAt: row.timestampIfAny(14),
            wallDuration: row.integerIfAny(15).map { Span(microseconds: Int64($0)) },
            verdict: row.textIfAny(16).flatMap(RunHeader.Verdict.init(rawValue:)),
            environment: row.isPresent(18)
                ? try? JSONDecoder().decode(RunEnvironment.self, from: Data(row.text(18).utf8)) : nil,
            unplayed: row.isPresent(20) ? row.text(20).split(separator: " ").map(String.init) : []
        )
        clockSpeed = row.isPresent(19) ? row.real(19) : 1
    }
}
