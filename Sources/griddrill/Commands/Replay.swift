internal import Analysis
internal import Base
internal import ArgumentParser
internal import DispatchServer
internal import DispatchStore
internal import Journal
internal import Foundation
internal import Reports
internal import Scenarios
internal import Simulation

struct Replay: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Feed a record's journal to this build; show where its decisions differ.",
        discussion: """
            A record that this version made is replayed strictly: every effect equal, in order. Of one that another version \
            made the decisions are compared. Exit status: 0 no difference, 2 the record's scenario is none (--resimulate), \
            3 decisions differ, 64 wrong usage, 70 there is nothing to replay, or the record is damaged.
            """
    )

    @Argument(help: "The record of a run (record.sqlite), or a server's database, while it runs or not.")
    var record: String

    @Flag(help: "Replay strictly, whichever version made the record.")
    var strict = false

    @Flag(help: "Compare what the effects mean, not their order.")
    var decisions = false

    @Flag(help: "Run the record's own scenario anew with live clients; compare verdicts and decisions.")
    var resimulate = false

    @Option(help: "Write what came of it as JSON into this file.")
    var json: String?

    @Flag(help: "Nothing on the terminal but what went wrong.")
    var quiet = false

    func validate() throws {
        guard [strict, decisions, resimulate].count(where: \.self) <= 1 else {
            throw ValidationError("--strict, --decisions and --resimulate exclude each other")
        }
    }

    func run() async throws {
        do {
            let clock = WallClock()
            let began = clock.now()
            let opened = try RunRecord.open(at: record)
            let finding = try await finding(opened)
            let summary = try ReplaySummary(
                finding,
                of: opened,
                version: Version.current,
                duration: clock.now() - began
            )
            try opened.close()
            try tell(summary)
            if summary.status != .allHeld { throw summary.status.exitCode }
        } catch let error as ExitCode {
            throw error
        } catch let error as InvalidRecordedScenario {
            throw RunStatus.invalidScenario.exitCode(saying: "\(record): \(error)")
        } catch let error as ReplayRefusal {
            throw RunStatus.internalError.exitCode(saying: "\(record): \(error)")
        } catch {
            throw RunStatus.internalError.exitCode(saying: "\(error)")
        }
    }

    private func finding(_ record: RunRecord) async throws -> ReplayFinding {
        if resimulate { return try await Resimulation(record, version: Version.current).run() }
        var replay = try Simulation.Replay(record, mode: mode(for: record))
        return try replay.run()
    }

    private func mode(for record: RunRecord) throws -> ReplayFinding.Mode {
        if strict { return .strict }
        if decisions { return .decisions }
        let version = try record.readRun()?.version ?? Version.current
        let format = try record.readJournalFormats()?.lowerBound ?? JournalFormat.current
        return version == Version.current && format == JournalFormat.current ? .strict : .decisions
    }

    private func tell(_ summary: ReplaySummary) throws {
        if let json {
            do {
                try Data(ReplayDocument(summary).text.utf8).write(to: URL(fileURLWithPath: json), options: .atomic)
            } catch {
                throw RunStatus.internalError.exitCode(
                    saying: "\(json): cannot be written: \(error.localizedDescription)"
                )
            }
        }
        let report = ReplayReport(summary, style: Terminal.standardOutput)
        if !quiet {
            print(report.text, terminator: "")
        } else if summary.status != .allHeld {
            StandardError.write(ReplayReport(summary, style: Terminal.standardError).text)
        }
    }
}
