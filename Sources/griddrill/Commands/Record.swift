internal import ArgumentParser
internal import DispatchStore
internal import Journal
internal import Foundation
internal import Reports
internal import Scenarios
internal import Simulation

struct Record: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Turn what a database holds into a scenario: roster, incidents, how customers behaved.",
        discussion: """
            The database is a running or stopped server's, or the record of a run. Names and contacts are replaced by \
            invented ones. In virtual time the scenario comes to the decisions of the original.
            """
    )

    @Argument(help: "The scenario file to write; nothing may be there yet.")
    var file: String

    @Option(name: .customLong("from"), help: "The database file.")
    var database: String

    @Option(name: .customLong("incident"), help: "Record only this incident, by id, number or name; may be repeated.")
    var incidents: [String] = []

    @Flag(help: "Keep the names and contacts of programs and customers.")
    var keepNames = false

    @Flag(help: "Fit distributions where there are many customers, instead of each one's own times.")
    var fitted = false

    @Flag(help: "Replace a file that is there already.")
    var force = false

    func run() throws {
        do {
            try record()
        } catch let error where error is StoreError || error is RecordingError {
            throw RunStatus.internalError.exitCode(saying: "\(error)")
        }
    }

    private func record() throws {
        guard force || !FileManager.default.fileExists(atPath: file) else {
            throw RunStatus.internalError.exitCode(
                saying: "\(file): there is such a file already; --force replaces it"
            )
        }
        let record = try RunRecord.open(at: database)
        let options = RecordingOptions(
            incidents: incidents,
            keepsNames: keepNames,
            isFitted: fitted,
            version: Version.current
        )
        let recording = try Recording(record, options: options)
        try record.close()
        let url = URL(fileURLWithPath: file)
        let name = url.deletingPathExtension().lastPathComponent
        let written = ScenarioWriter(recording.scenario, heading: recording.heading, name: name)
        let reading = ScenarioReader.read(text: written.text, path: file)
        guard reading.value != nil else {
            throw RunStatus.internalError.exitCode(
                saying: "what was recorded does not make a scenario:\n\(reading.rendered)"
            )
        }
        do {
            try Data(written.text.utf8).write(to: url, options: .atomic)
        } catch {
            throw RunStatus.internalError.exitCode(
                saying: "\(file): cannot be written: \(error.localizedDescription)"
            )
        }
        for note in recording.notes { StandardError.write("griddrill: \(file): \(note)\n") }
    }
}
