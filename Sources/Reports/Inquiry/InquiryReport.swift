internal import Base
internal import DemandResponse
public import DispatchStore
internal import Measures

/// The answer to a question about one record, for a terminal.
public struct InquiryReport: Sendable {
    private let style: TerminalStyle
    private let lines: [String]

    /// - Throws: `StoreError` where the record cannot be read, `InquiryError` where it knows of no such thing.
    public init(_ inquiry: Inquiry, _ database: RunRecord, style: TerminalStyle) throws {
        guard let header = try database.readRun() else {
            throw InquiryError("\(database.path): this is a server's database, not the record of a run")
        }
        let record = InquiredRecord(
            header: header,
            history: try database.readHistory(),
            programs: try database.readPrograms(),
            incidents: try database.readIncidents()
        )
        self.style = style
        switch inquiry {
        case .customer(let id): lines = try CustomerAnswer(id, record, database).lines(style)
        case .incident(let name): lines = try IncidentAnswer(name, record, database).lines(style)
        case .why(let matter): lines = try WhyAnswer(matter, record, database).lines(style)
        }
    }

    /// Ending in a line feed; no line is wider than the style says.
    public var text: String { lines.joined(separator: "\n") + "\n" }
}

/// What every answer needs of a record.
struct InquiredRecord {
    let header: RunHeader
    let history: History
    let programs: [Program]
    let incidents: [Incident]

    func name(of incident: Incident.Number) -> String { history.names[incident] ?? "incident \(incident)" }

    func program(_ id: Program.ID) -> Program? { programs.first { $0.id == id } }

    /// The clock of a program's zone.
    func clock(of program: Program.ID?) -> ReportClock {
        let zones = programs.filter { program == nil || $0.id == program }.map(\.timeZone)
        return ReportClock(zones: zones, from: header.startsAt, to: header.endsAt)
    }

    /// `market_dispatch, 21:00 – 22:00, modification 1, a drill`
    func words(of incident: Incident, _ clock: ReportClock) -> String {
        var facts = [
            incident.eventType,
            "\(clock.brief(incident.period.start)) – \(incident.period.end.map(clock.brief) ?? "open")",
        ]
        if incident.modification > 0 { facts.append("modification \(incident.modification)") }
        if incident.isTest { facts.append("a drill") }
        if let closing = incident.closing { facts.append("\(closing.kind.done) at \(clock.text(closing.at))") }
        return facts.joined(separator: ", ")
    }
}

extension TerminalStyle {
    /// Text in lines of the width, all but the first further in.
    func hanging(_ text: String, first: String, indent: Int, _ colour: Colour? = nil) -> [String] {
        let parts = plain(text.printable(keepingLines: true)).wrapped(to: width - indent, ellipsis)
        return parts.enumerated().map { index, part in
            (index == 0 ? first : String(repeating: " ", count: indent)) + paint(part, colour)
        }
    }

    func heading(_ title: String, _ remark: String) -> [String] {
        let title = plain(title.printable()).shortened(to: width, ellipsis)
        return [paint(title, .bold)] + hanging(remark, first: "", indent: 0).map { paint($0, .dim) }
    }
}
