public import Analysis
public import DispatchStore
internal import Journal
internal import Foundation
internal import Scenarios

/// Runs a record's own scenario anew, with clients that react to what this build does, and compares verdicts and decisions.
///
/// A replay repeats what was said to the rules; here a customer who is no longer told of a dispatch does not answer it either.
/// The scenario is run in virtual time. Where the record is of a live run, whose times are the machine's, decisions at other
/// times are the same.
public struct Resimulation {
    private let record: RunRecord
    private let version: String
    private let header: RunHeader

    /// - Parameter version: of this GridDrill.
    /// - Throws: `ReplayRefusal` for a file that holds no run.
    public init(_ record: RunRecord, version: String) throws {
        self.record = record
        self.version = version
        guard let header = try record.readRun() else {
            throw ReplayRefusal("this is a server's database: there is no scenario in it that could be run anew")
        }
        if header.target != nil || header.verdict == nil {
            throw ReplayRefusal("this record has no journal of a whole run to compare with")
        }
        self.header = header
    }

    /// - Throws: `InvalidRecordedScenario` for a scenario that this build does not take.
    public func run() async throws -> ReplayFinding {
        let reading = header.readScenario()
        guard let scenario = reading.value else { throw InvalidRecordedScenario(description: reading.rendered) }
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("griddrill-replay-\(getpid())").path
        defer { try? FileManager.default.removeItem(atPath: folder) }
        var options = RunOptions(seed: header.seed, reports: folder, version: version)
        // What was known to fall short then would fall short now, too.
        options.today = header.wallStartedAt
        let outcome = try await Runner(scenario, options: options).run { _ in }
        let other = try RunRecord.openUnproven(at: outcome.record)
        defer { try? other.close() }
        guard let formats = try record.readJournalFormats() else { throw ReplayRefusal("its journal is empty") }
        var finding = ReplayFinding(mode: .resimulation, formats: formats)
        let isLive = header.world == .live
        finding.differences = try Ledger(record: other, asLive: isLive)
            .differences(from: try Ledger(record: record, asLive: isLive))
        finding.verdicts = (header.verdict, outcome.header.verdict)
        return finding
    }
}

/// The scenario in a record is none for this build: with what is wrong, as a reader of the file would say.
public struct InvalidRecordedScenario: Error, CustomStringConvertible, Sendable {
    public let description: String
}
