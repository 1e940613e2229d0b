internal import Base
internal import DispatchServer
internal import Measures
internal import DispatchStore
internal import Foundation
internal import Reports
internal import Scenarios
internal import Simulation

/// What a folder of reports tells of the last run of each scenario.
struct EarlierReports {
    private let folder: String
    private let scenarios: [String: SuiteIndex.Scenario]

    init(in folder: String) {
        self.folder = folder
        // Without an index, or with one that is damaged, the runs' own folders still tell.
        let index = try? SuiteIndex(folder: folder)
        scenarios = Dictionary((index?.scenarios ?? []).map { (RunHeader.folderName(ofScenarioAt: $0.path), $0) }) {
            $1
        }
    }

    /// Whether the scenario, as its file now stands, passed when it last ran.
    func passed(_ file: String) -> Bool {
        let name = RunHeader.folderName(ofScenarioAt: file)
        // A file that was invalid, or a run that was broken off, leaves the reports of the run before.
        if let scenario = scenarios[name], scenario.status != .allHeld { return false }
        guard let summary = SummaryIndex(folder: "\(folder)/\(name)"), summary.status == .allHeld else { return false }
        // What a damaged record says is worth nothing; one that is gone was of no more use.
        let path = "\(folder)/\(name)/record.sqlite"
        if FileManager.default.fileExists(atPath: path) {
            guard let record = try? RunRecord.open(at: path) else { return false }
            try? record.close()
        }
        let reading = ScenarioReader.read(path: file)
        guard let scenario = reading.value, scenario.source.sha256 == summary.scenarioSHA256,
            // The digest is of what the scenario says, not of measurements that it draws from.
            reading.companions.allSatisfy({ FileStamp($0)?.isOlder(than: summary.startedAt) ?? false })
        else { return false }
        // What was known to fall short then may be so no longer.
        let now = WallClock().now()
        return scenario.expectations.allSatisfy { expectation in
            expectation.known.map { $0.isOver(at: now) == $0.isOver(at: summary.startedAt) } ?? true
        }
    }

    /// How long the scenario took on the wall's clock.
    func duration(of file: String) -> Span? {
        let name = RunHeader.folderName(ofScenarioAt: file)
        if let duration = scenarios[name]?.wallDuration { return duration }
        guard let record = try? RunRecord.openUnproven(at: "\(folder)/\(name)/record.sqlite") else {
            return nil
        }
        defer { try? record.close() }
        return try? record.readRun()?.wallDuration
    }
}
