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
    /// Of the scenario: its file's, and of one with a matrix with the combination; see `ScenarioPath`.
    public var path: String
    public var scenario: String
    /// The files that it includes.
    public var included: [IncludedFile]
    public var scenarioSHA256: String
    public var seed: UInt64
    public var world: World
    public var speed: Double
    /// How many times as fast as the machine's clock that of the record goes: the speed of a live run, but 1 in records of versions that
    /// kept the machine's time at any speed.
    public internal(set) var clockSpeed: Double
    /// Keys of the scenario that the run's world does not play.
    public var unplayed: [String]
    /// By which the scenario is picked out of a suite.
    public var tags: [String]
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
        included: [IncludedFile] = [],
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
        unplayed: [String] = [],
        tags: [String] = []
    ) {
        self.name = name
        self.description = description
        self.path = path
        self.scenario = scenario
        self.included = included
        self.scenarioSHA256 = scenarioSHA256
        self.seed = seed
        self.world = world
        self.speed = speed
        clockSpeed = world == .live ? speed : 1
        self.unplayed = unplayed
        self.tags = tags
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

    /// The file's name without its ending, with the combination if there is one.
    public static func folderName(ofScenarioAt path: String) -> String {
        let name = ScenarioPath(path).baseName
        return name.isEmpty ? "scenario" : name
    }

    /// The scenario's file.
    public var file: String { ScenarioPath(path).file }
}

/// A file that a run's scenario includes.
public struct IncludedFile: Hashable, Sendable, Codable {
    /// As the scenario names it.
    public var name: String
    public var text: String

    public init(name: String, text: String) {
        self.name = name
        self.text = text
    }
}

/// The machine and the build that a run was made on: latencies of two runs are worth comparing where these are equal.
public struct RunEnvironment: Hashable, Sendable, Codable {
    /// As the system calls it: `AMD EPYC 7R13 Processor`.
    public var processor: String
    public var cores: Int
    public var memoryBytes: Int
    /// With its version: `Debian GNU/Linux 12 (bookworm)`.
    public var system: String
    /// `debug` or `release`.
    public var build: String
    /// `Swift 6.3`.
    public var compiler: String

    public init(
        processor: String,
        cores: Int,
        memoryBytes: Int,
        system: String,
        build: String,
        compiler: String
    ) {
        self.processor = processor
        self.cores = cores
        self.memoryBytes = memoryBytes
        self.system = system
        self.build = build
        self.compiler = compiler
    }
}

extension RunRecord {
    /// Writes the row of the table `run`, in place of the one that may be there.
    public func write(_ run: RunHeader) throws(StoreError) {
        try file.write { database in
            let row = try WriteStatement<RunHeader.Column>(
                database,
                RunHeader.Column.insertion("INSERT OR REPLACE")
            )
            try row.run([
                .one: 1, .name: run.name, .description: run.description, .path: run.path, .scenario: run.scenario,
                .scenarioSha256: run.scenarioSHA256, .seed: Int64(bitPattern: run.seed), .world: run.world.rawValue,
                .speed: run.speed, .version: run.version, .repeatCommand: run.repeatCommand,
                .startsAt: run.startsAt, .endsAt: run.endsAt, .wallStartedAt: run.wallStartedAt,
                .wallFinishedAt: run.wallFinishedAt, .wallMicroseconds: run.wallDuration,
                .verdict: run.verdict?.rawValue, .target: run.target,
                .environment: run.environment.map { JournalEncoder.json($0) }, .clockSpeed: run.clockSpeed,
                .unplayed: run.unplayed.joined(separator: " "), .tags: run.tags.joined(separator: " "),
                .included: run.included.isEmpty ? nil : JournalEncoder.json(run.included),
            ])
        }
    }

    /// The row of the table `run`; `nil` in a server's database.
    public func readRun() throws(StoreError) -> RunHeader? {
        try file.read { try RunHeader($0) }
    }
}

extension RunHeader {
    enum Column: Int, TableColumn {
        static let table = "run"
        case one, name, description, path, scenario, scenarioSha256, seed, world, speed, version, repeatCommand
        case startsAt, endsAt, wallStartedAt, wallFinishedAt, wallMicroseconds, verdict, target, environment
        case clockSpeed, unplayed, tags, included
    }

    init?(_ database: Database) throws {
        // All that there is: a file of an older version has fewer columns.
        let row = try Cursor<Column>(database, "SELECT * FROM run")
        guard try row.next() else { return nil }
        guard let world = World(rawValue: row[.world]) else {
            throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "a run in a world that there is not")
        }
        self.init(
            name: row[.name],
            description: row[.description],
            path: row[.path],
            scenario: row[.scenario],
            included: try (row[.included] as String?).map {
                try JSONDecoder().decode([IncludedFile].self, from: Data($0.utf8))
            } ?? [],
            scenarioSHA256: row[.scenarioSha256],
            seed: UInt64(bitPattern: row[.seed]),
            world: world,
            speed: row[.speed],
            target: row[.target],
            version: row[.version],
            repeatCommand: row[.repeatCommand],
            startsAt: row[.startsAt],
            endsAt: row[.endsAt],
            wallStartedAt: row[.wallStartedAt],
            wallFinishedAt: row[.wallFinishedAt],
            wallDuration: row[.wallMicroseconds],
            verdict: (row[.verdict] as String?).flatMap(Verdict.init(rawValue:)),
            environment: (row[.environment] as String?).flatMap {
                try? JSONDecoder().decode(RunEnvironment.self, from: Data($0.utf8))
            },
            unplayed: Self.words(row[.unplayed]),
            tags: Self.words(row[.tags])
        )
        clockSpeed = row[.clockSpeed] ?? 1
    }

    private static func words(_ text: String?) -> [String] { text?.split(separator: " ").map(String.init) ?? [] }
}
