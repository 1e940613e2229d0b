public import DemandResponse
public import Journal
public import Scenarios
public import Simulation

/// A scenario that was run in virtual time, and its record, which goes with the last who holds this unless the run was
/// told where to leave it.
public struct ScenarioRun: Sendable {
    public let outcome: RunOutcome
    private let folder: Scratch?

    /// The path of the record.
    public var record: String { outcome.record }

    fileprivate init(
        _ scenario: Scenario,
        _ seed: UInt64?,
        _ change: PlantedChange?,
        in reports: String?,
        _ progress: @escaping @Sendable (RunProgress) -> Void = { _ in }
    ) async throws {
        folder = try reports == nil ? Scratch() : nil
        let options = RunOptions(seed: seed, reports: reports ?? folder?.path ?? "", version: "test")
        outcome = try await Runner(scenario, options: options) { snapshot in
            if let change { PlantedRules(change, restoring: snapshot) } else { Dispatcher(restoring: snapshot) }
        }.run(progress: progress)
    }

    fileprivate init(
        _ scenario: Scenario,
        makeRules: @escaping @Sendable (DispatcherSnapshot) -> any DispatchRules = { Dispatcher(restoring: $0) },
        storage: @escaping @Sendable (any DispatchStorage) -> any DispatchStorage = { $0 }
    ) async throws {
        let folder = try Scratch()
        self.folder = folder
        var options = RunOptions(reports: folder.path, version: "test")
        options.storage = storage
        outcome = try await Runner(scenario, options: options, makeRules: makeRules).run { _ in }
    }
}

/// Runs a scenario in virtual time.
///
/// - Parameters:
///   - seed: in place of the scenario's own.
///   - change: of the rules that ship.
///   - reports: the folder for what the run writes; `nil`: one of its own.
public func run(
    scenario: Scenario,
    seed: UInt64? = nil,
    planting change: PlantedChange? = nil,
    in reports: String? = nil
) async throws -> ScenarioRun {
    try await ScenarioRun(scenario, seed, change, in: reports)
}

/// - Parameters:
///   - text: a scenario file's.
///   - name: the file's, without its ending: what the run writes stands in a folder that is called so.
///   - progress: hears now and then how far the run has come.
public func run(
    scenario text: String,
    as name: String = "scenario",
    seed: UInt64? = nil,
    planting change: PlantedChange? = nil,
    in reports: String? = nil,
    progress: @escaping @Sendable (RunProgress) -> Void = { _ in }
) async throws -> ScenarioRun {
    try await ScenarioRun(Scenario(text: text, as: name), seed, change, in: reports, progress)
}

/// Runs a scenario in virtual time with other rules than those that ship.
///
/// - Parameters:
///   - text: a scenario file's.
///   - makeRules: of what the record holds, at the beginning and after each restart.
public func run(
    scenario text: String,
    makeRules: @escaping @Sendable (DispatcherSnapshot) -> any DispatchRules
) async throws -> ScenarioRun {
    try await ScenarioRun(Scenario(text: text), makeRules: makeRules)
}

/// Runs a scenario in virtual time with something between the dispatcher and its record.
///
/// - Parameters:
///   - text: a scenario file's.
///   - storage: made of the record.
public func run(
    scenario text: String,
    storage: @escaping @Sendable (any DispatchStorage) -> any DispatchStorage
) async throws -> ScenarioRun {
    try await ScenarioRun(Scenario(text: text), storage: storage)
}

extension Scenario {
    /// Reads the text of a scenario file, which has to be in order.
    public init(text: String, as name: String = "scenario") throws {
        self = try ScenarioReader.read(text: text, path: "\(name).yaml").get()
    }
}
