internal import Base
public import DispatchStore
internal import DemandResponse
internal import Foundation
internal import Journal
public import Scenarios

/// What a database holds, as a scenario: the roster, the operators' requests, and how customers and carriers behaved.
///
/// A run of it in virtual time comes to the decisions of the original. Everything is told as the server saw it: a session from
/// its joining to its end, an acknowledgement when it was taken; the networks between are perfect.
public struct Recording: Sendable {
    public let scenario: Scenario
    /// Of the file.
    public let heading: [String]
    /// What the scenario does not hold, or holds otherwise.
    public let notes: [String]

    public init(_ record: RunRecord, options: RecordingOptions) throws {
        let run = try record.readRun()
        if let target = run?.target {
            throw RecordingError(
                record.path,
                "this is the record of a run against \(target), whose journal is in the database of that server: record that"
            )
        }
        var life = Life()
        var last: Timestamp?
        let history = try record.readJournal { step in
            last = step.at
            try life.take(step)
        }
        guard let lastKnown = last, let first = life.incidents.first else {
            throw RecordingError(record.path, "there is no incident in it, and so nothing to record")
        }
        let incidents = try Self.chosen(options.incidents, of: life, history.names, record.path)
        let origin = run.flatMap { $0.readScenario().value }
        let opened = incidents.first ?? first
        let roster = life.rosters.indices.contains(opened.roster) ? life.rosters[opened.roster] : nil
        let known = try roster ?? record.readRoster()
        let day = RecordedDay(
            life,
            incidents: incidents,
            isWhole: options.incidents.isEmpty,
            roster: known,
            names: InventedNames(keepsNames: options.keepsNames, roster: known),
            scripted: history.names,
            requested: Self.requested(history.script, origin, run),
            span: run.map { $0.startsAt...max($0.startsAt, $0.endsAt) },
            lastKnown: lastKnown
        )
        guard day.ends - day.starts <= .hours(24 * 366) else {
            throw RecordingError(record.path, "its incidents span more than 366 days: choose some with --incident")
        }
        for incident in incidents {
            guard
                let group = incident.request.groups.first(where: {
                    known.lacks(group: $0, in: incident.request.program)
                })
            else { continue }
            let (name, first) = (day.name(of: incident.request.id), day.name(of: opened.request.id))
            throw RecordingError(
                record.path,
                "\(name) calls the group '\(group)', to which nobody belonged when \(first) was opened: record it apart, "
                    + "with --incident \(name)"
            )
        }
        let writer = DayWriter(day, run: run, origin: origin, isFitted: options.isFitted)
        scenario = writer.scenario(expecting: history.keeping(day.isRecorded))
        if let mending = scenario.roster.mending ?? incidents.lazy.compactMap({ $0.request.mending(day) }).first {
            throw RecordingError(record.path, mending)
        }
        notes = day.notes
        heading = Self.heading(day, history.keeping(day.isRecorded), options, record.path) + notes
    }

    /// The names that a run's script gave the incidents that it asked for, whatever came of them.
    private static func requested(_ steps: [ScriptStep], _ origin: Scenario?, _ run: RunHeader?) -> [UniqueID: String] {
        guard var origin, let run, run.target == nil else { return [:] }
        origin.seed = run.seed
        let script = Script(origin)
        return Dictionary(steps.map { (script.id(of: $0.name), $0.name) }) { first, _ in first }
    }

    private static func chosen(
        _ wanted: [String],
        of life: Life,
        _ names: [Incident.Number: String],
        _ path: String
    ) throws -> [IncidentLife] {
        guard !wanted.isEmpty else { return life.incidents }
        func isCalled(_ incident: IncidentLife, _ name: String) -> Bool {
            [names[incident.number], String(incident.number), "incident-\(incident.number)"].contains(name)
                || incident.request.id.description == name.lowercased()
        }
        for name in wanted where !life.incidents.contains(where: { isCalled($0, name) }) {
            let known = life.incidents.prefix(10).map { names[$0.number] ?? "\($0.number) (\($0.request.id))" }
            let rest = life.incidents.count - known.count
            throw RecordingError(
                path,
                "there is no incident \(name); it has \(known.joined(separator: ", "))"
                    + (rest > 0 ? " and \(rest) more" : "")
            )
        }
        return life.incidents.filter { incident in wanted.contains { isCalled(incident, $0) } }
    }

    private static func heading(
        _ day: RecordedDay,
        _ history: History,
        _ options: RecordingOptions,
        _ path: String
    ) -> [String] {
        let file = URL(fileURLWithPath: path).lastPathComponent
        func counted(_ count: Int, _ what: String) -> String { "\(count) \(what)\(count == 1 ? "" : "s")" }
        return [
            "Recorded from \(file) by griddrill \(options.version): \(counted(day.incidents.count, "incident")), "
                + "\(counted(history.records.count, "dispatch record")).",
            (options.keepsNames ? "Names and contacts are real. " : "Names and contacts are invented. ")
                + (options.isFitted
                    ? "Customers and carriers behave alike, not the same: their times are distributions."
                    : "Customers and carriers do what they did, when the server saw it."),
        ]
    }
}

extension Roster {
    /// What an older version took and a scenario cannot say, and what to do about it.
    fileprivate var mending: String? {
        let program = programs.lazy.compactMap { program in
            program.refusals.first.map { ("program \(program.id)", "PUT /program", $0) }
        }.first
        let customer = customers.lazy.compactMap { customer in
            customer.refusals.first.map { ("customer \(customer.id)", "PUT /customer", $0) }
        }.first
        return (program ?? customer).map { who, cure, refusal in
            "\(who) cannot be told in a scenario: its \(refusal.field) \(refusal.reason); import it anew with \(cure), and record "
                + "incidents that are opened after that, with --incident"
        }
    }

    fileprivate func lacks(group: String, in program: Program.ID) -> Bool {
        !customers.contains { $0.program == program && $0.group == group }
    }
}

extension IncidentRequest {
    /// Why it cannot be told in a scenario, and what to do about it.
    fileprivate func mending(_ day: RecordedDay) -> String? {
        let texts = [("event_type", eventType), ("start_text", period.startText), ("end_text", period.endText ?? "")]
        return texts.lazy.compactMap { field, text in
            TextRule.eventType.refusal(of: text).map { reason in
                "\(day.name(of: id)) cannot be told in a scenario: its \(field) \(reason); choose others with --incident"
            }
        }.first
    }
}
