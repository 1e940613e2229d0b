internal import Analysis
internal import Base
internal import DemandResponse
internal import DispatchStore
internal import Measures

extension RunPage {
    private static let mostRows = 40

    private static let figureHeads: [PageCell] =
        ["records", "delivered", "failed", "customer-incidents", "answered", "late", "declined"].map(PageCell.number)
        + ["delivery p50", "delivery p95", "answer p50", "answer p95"].map(PageCell.number)

    /// The same figures by everything that can bear a label, in one table, so that its columns can be read down.
    static func figures(_ material: RunMaterial) -> PageTable? {
        let summary = material.summary
        let groups = [
            ("By program", summary.programs.map { row($0) }), ("By channel", summary.channels.map { row($0) }),
            ("By incident", summary.incidents.map { row($0) }),
            ("By customer group", customerGroups(material)),
        ].filter { !$0.1.isEmpty }
        guard !groups.isEmpty else { return nil }
        let hidden = groups.reduce(0) { $0 + max(0, $1.1.count - mostRows) }
        return PageTable(
            caption: "By program, channel, incident and customer group",
            heads: figureHeads,
            groups: groups.map { PageGroup(heading: $0, rows: Array($1.prefix(mostRows))) },
            note: hidden > 0
                ? "… and \(Units.plural(hidden, "row")) more; every record with its latencies:"
                : "Every record with its latencies:",
            query: query("SELECT * FROM latencies")
        )
    }

    /// As the roster groups them; where it does not, those who are alike.
    private static func customerGroups(_ material: RunMaterial) -> [PageRow] {
        guard material.summary.groups.isEmpty else { return material.summary.groups.map { row($0) } }
        return CustomerGroups(material.history, names: material.customerNames).groups.map(row)
    }

    private static func row(_ labelled: LabelledSummary) -> PageRow {
        let group = labelled.group
        return PageRow(name: labelled.name, cells: cells(group.counts, group.delivery, group.acknowledgement))
    }

    private static func row(_ group: CustomerGroups.Group) -> PageRow {
        PageRow(
            name: group.name,
            detail: group.channels.isEmpty ? "no channel" : group.channels,
            cells: cells(group.counts, group.delivery, group.answer)
        )
    }

    private static func cells(_ counts: Counts, _ delivery: LatencySummary, _ answer: LatencySummary) -> [PageCell] {
        [
            .count(counts.dispatches), .count(counts.delivered), .count(counts.failed),
            .count(counts.customerIncidents),
            .number(Units.share(counts.acknowledged, of: counts.customerIncidents)), .count(counts.late),
            .count(counts.declined), delivery[.p50].cell, delivery[.p95].cell, answer[.p50].cell, answer[.p95].cell,
        ]
    }

    // MARK: Decisions

    static func review(_ review: DecisionReview) -> PageReview {
        switch review.outcome {
        case .same, .approvedNow: PageReview(remark: review.words, tone: "good", differences: [])
        case .unapproved, .notCompared: PageReview(remark: review.words, tone: "", differences: [])
        case .missing: PageReview(remark: review.words, tone: "bad", differences: [])
        case .unreadable(let error): PageReview(remark: review.words, tone: "bad", differences: [error.description])
        case .different(let differences):
            PageReview(
                remark: review.words,
                tone: "bad",
                differences: differences.prefix(DecisionReview.mostTold).map(\.text),
                more: review.hiddenLine().first
            )
        }
    }

    /// What the dispatcher was asked for, and what it made of it.
    static func decisions(_ material: RunMaterial, clock: ReportClock) -> [PageTable] {
        [incidents(material, clock: clock), script(material, clock: clock)].compactMap { $0 }
    }

    private static func incidents(_ material: RunMaterial, clock: ReportClock) -> PageTable? {
        guard !material.incidents.isEmpty else { return nil }
        let names = Dictionary(
            material.programs.map { ($0.id, $0.name) },
            uniquingKeysWith: { first, _ in first }
        )
        let groups = Dictionary(
            zip(material.breakdown.incidents, material.summary.incidents).map { ($0.number, $1.group) },
            uniquingKeysWith: { first, _ in first }
        )
        let rows = material.incidents.map { incident in
            let group = groups[incident.number]
            var became = incident.modification == 0 ? [] : ["modified \(times(incident.modification))"]
            if let closing = incident.closing { became.append("\(closing.kind.done) \(clock.brief(closing.at))") }
            if incident.isTest { became.append("a drill") }
            return PageRow(
                name: material.name(of: incident.number),
                detail: incident.eventType,
                cells: [
                    .words(names[incident.program] ?? "program \(incident.program)"),
                    .words(clock.brief(incident.createdAt)),
                    .words(period(incident.period, clock)),
                    .words(became.isEmpty ? "as announced" : became.joined(separator: ", ")),
                    .count(group?.counts.dispatches ?? 0), .count(group?.counts.acknowledged ?? 0),
                    .count(group?.counts.declined ?? 0),
                    .count(group?.counts.late ?? 0), .count(group?.counts.unacknowledged ?? 0),
                ]
            )
        }
        let hidden = rows.count - mostRows
        return PageTable(
            caption: "Incidents",
            heads: ["program", "notice", "period", "then"].map(PageCell.words)
                + ["records", "acknowledged", "declined", "late", "no answer"].map(PageCell.number),
            rows: Array(rows.prefix(mostRows)),
            note: hidden > 0
                ? "… and \(Units.count(hidden)) more:" : "Who was dispatched by what, and with which message:",
            query: hidden > 0
                ? query("SELECT * FROM incidents")
                : query("SELECT customer, method, state, acknowledged_by, message FROM dispatches")
        )
    }

    private static func period(_ period: Incident.Period, _ clock: ReportClock) -> String {
        "\(clock.brief(period.start)) – \(period.end.map(clock.brief) ?? "open")"
    }

    private static func times(_ count: Int) -> String { count == 1 ? "once" : "\(Units.count(count)) times" }

    /// Only where it says something that the incidents do not: a change, or a refusal.
    private static func script(_ material: RunMaterial, clock: ReportClock) -> PageTable? {
        let steps = material.history.script
        guard steps.contains(where: { $0.kind != .incident || $0.refusal != nil }) else { return nil }
        let rows = steps.prefix(mostRows).map { step in
            PageRow(
                name: step.name,
                detail: step.kind.rawValue,
                cells: [
                    .words(clock.brief(step.dueAt)),
                    .words(step.committedAt.map(clock.precise) ?? "–"),
                    .words(step.refusal.map { "refused: \($0)" } ?? "carried out"),
                ],
                tone: step.refusal == nil ? "" : "bad"
            )
        }
        let hidden = steps.count - mostRows
        return PageTable(
            caption: "What the script asked for",
            heads: ["wanted", "committed", "outcome"].map(PageCell.words),
            rows: rows,
            note: hidden > 0 ? "… and \(Units.count(hidden)) more:" : nil,
            query: hidden > 0 ? query("SELECT * FROM script") : nil
        )
    }

    // MARK: What failed

    static func troubles(_ material: RunMaterial, clock: ReportClock) -> [PageTable] {
        var tables: [PageTable] = []
        if !material.failures.isEmpty {
            tables.append(
                PageTable(
                    caption: "Deliveries that failed, or did not succeed at once",
                    heads: [.words("now"), .number("records"), .words("one of them")],
                    rows: material.failures.map { failure in
                        PageRow(
                            name: failure.reason ?? "the customer has no channel",
                            detail: failure.method?.name ?? "",
                            cells: [
                                .words(failure.state.rawValue), .count(failure.records),
                                .words("\(failure.customerName) (\(failure.customer))"),
                            ]
                        )
                    },
                    note: "Each of them:",
                    query: query("SELECT * FROM dispatches WHERE failure IS NOT NULL OR state = 'unreachable'")
                )
            )
        }
        if !material.refusals.isEmpty {
            tables.append(
                PageTable(
                    caption: "Requests and acknowledgements that were refused",
                    heads: [.number("times"), .words("first"), .words("last")],
                    rows: material.refusals.map { refusal in
                        PageRow(
                            name: refusal.reason,
                            cells: [
                                .count(refusal.count), .words(clock.precise(refusal.firstAt)),
                                .words(clock.precise(refusal.lastAt)),
                            ]
                        )
                    },
                    note: "Each of them:",
                    query: query("SELECT * FROM audit WHERE kind IN ('refused', 'answer.refused')")
                )
            )
        }
        return tables
    }
}
