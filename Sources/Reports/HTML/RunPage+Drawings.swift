internal import Base
internal import DemandResponse
internal import DispatchStore
internal import Measures

extension RunPage {
    private static let mostLanes = 12

    /// What happened when, one lane a program.
    static func lanes(_ material: RunMaterial, axis: TimeAxis) -> (lanes: [PageDrawing], note: String?) {
        let programs = material.breakdown.programs.map(\.id)
        var places: [Program.ID: Int] = [:]
        for (place, program) in programs.prefix(mostLanes).enumerated() { places[program] = place }
        var charts = Array(repeating: TimelineChart(axis: axis), count: places.count)
        for incident in material.incidents {
            guard let place = places[incident.program] else { continue }
            charts[place].periods.append(
                TimelineChart.Period(
                    name: material.name(of: incident.number),
                    announcedAt: incident.createdAt,
                    startsAt: incident.period.start,
                    endsAt: incident.end,
                    closing: incident.closing
                )
            )
        }
        var programOf: [Customer.ID: Int] = [:]
        var last: (incident: Incident.Number, customer: Customer.ID)?
        for record in material.history.records {
            guard let place = places[record.program] else { continue }
            programOf[record.key.customer] = place
            charts[place].add(.notices, at: record.announcedAt)
            if record.createdAt != record.announcedAt { charts[place].add(.notices, at: record.createdAt) }
            if let at = record.reachedAt { charts[place].add(.deliveries, at: at) }
            let isNew = last.map { $0 != (record.key.incident, record.key.customer) } ?? true
            last = (record.key.incident, record.key.customer)
            if isNew, let at = record.acknowledgedAt { charts[place].add(.acknowledgements, at: at) }
        }
        for disturbance in material.evidence.disturbances {
            if let place = programOf[disturbance.customer] { charts[place].add(.faults, at: disturbance.at) }
        }
        let lanes = zip(material.summary.programs, charts).map { program, chart in
            let counts = TimelineChart.Strip.allCases.map { $0.counted(chart.total($0)) }
            return PageDrawing(
                title: program.name,
                drawing: chart.text(
                    label:
                        "\(program.name): \(Units.plural(chart.periods.count, "incident")), \(counts.joined(separator: ", ")) over time"
                )
            )
        }
        let hidden = programs.count - places.count
        return (lanes, hidden > 0 ? "… and \(Units.plural(hidden, "program")) more" : nil)
    }

    /// How each kind of latency is spread.
    static func latencies(_ material: RunMaterial) -> [PageDrawing] {
        let overall = material.breakdown.overall
        let summary = material.summary
        let channels = material.breakdown.channels.map {
            DistributionChart.Curve(name: $0.method.name, population: $0.group.delivery)
        }
        let programs = zip(summary.programs, material.breakdown.programs).map { summary, program in
            DistributionChart.Curve(name: summary.name, population: program.group.acknowledgement)
        }
        let lag = Measurements(material.history).latencies(.dispatchLag)
        let isPunctual = lag.endless == 0 && (lag.values.last ?? .zero) == .zero
        return [
            latency(
                "Delivery",
                "From the commit of a dispatch record to the client's having it; by email, text and voice, to the carrier's report.",
                overall.delivery,
                summary.overall.delivery,
                curves: channels,
                noun: "records"
            ),
            latency(
                "Acknowledgement",
                "From the commit of the dispatch to the commit of the customer's answer.",
                overall.acknowledgement,
                summary.overall.acknowledgement,
                curves: programs.count <= 5 ? programs : [],
                noun: summary.overall.counts.noun + "s"
            ),
            latency(
                "Confirmation",
                "From the client's sending its answer to its seeing the update.",
                overall.confirmation,
                summary.overall.confirmation,
                curves: [],
                noun: summary.overall.counts.noun + "s"
            ),
            isPunctual
                ? nil
                : latency(
                    "Dispatch lag",
                    "From when the script wanted something to its commit: the harness's own lateness.",
                    lag,
                    summary.dispatchLag,
                    curves: [],
                    noun: "entries"
                ),
        ].compactMap { $0 }
    }

    private static func latency(
        _ title: String,
        _ note: String,
        _ population: Population,
        _ summary: LatencySummary,
        curves: [DistributionChart.Curve],
        noun: String
    ) -> PageDrawing? {
        guard population.count > 0 else { return nil }
        var marks: [(name: String, value: Span)] = []
        for statistic in [Statistic.p50, .p90, .p95, .p99, .p999] {
            if case .span(let span) = summary[statistic] { marks.append((statistic.rawValue, span)) }
        }
        let chart = DistributionChart(population, curves: curves, noun: noun, marks: marks)
        var pairs = Statistic.allCases.compactMap { statistic -> PagePair? in
            switch summary[statistic] {
            case .empty: nil
            case .withheld(let needed):
                PagePair(name: statistic.rawValue, value: "needs \(Units.count(needed)) samples", style: "dim")
            case .never: PagePair(name: statistic.rawValue, value: "never", style: "never")
            case .span(let span): PagePair(name: statistic.rawValue, value: Units.text(span))
            }
        }
        let never = "\(Units.count(population.endless)) of \(Units.count(population.count)) \(noun)"
        if population.endless > 0 {
            pairs.append(
                PagePair(
                    name: "never",
                    value: "\(never), \(Units.share(population.endless, of: population.count))",
                    style: "never"
                )
            )
        }
        let legend = (chart?.curves ?? []).enumerated().map { index, curve in
            PagePair(name: curve.name, value: Units.count(curve.population.count), style: "part-\(index % 5)")
        }
        let median = marks.first.map { "; \($0.name) \(Units.text($0.value))" } ?? ""
        return PageDrawing(
            title: title,
            note: note,
            drawing: chart?.text(
                label:
                    "\(title) latency of \(Units.count(population.count)) \(noun): histogram and cumulative share\(median)"
                    + (population.endless > 0 ? "; never: \(never)" : "")
            ),
            pairs: pairs,
            legend: legend
        )
    }

    /// The percentiles of each incident's notices, at their time.
    static func overTime(_ material: RunMaterial, axis: TimeAxis) -> [PageDrawing] {
        func drawing(_ title: String, _ latency: (GroupSummary) -> LatencySummary) -> PageDrawing? {
            let cohorts = zip(material.summary.incidents, material.breakdown.incidents).compactMap { summary, place in
                material.announcements[place.number].map {
                    PercentileChart.Cohort(at: $0, name: summary.name, latency: latency(summary.group))
                }
            }
            guard let chart = PercentileChart(cohorts, axis: axis) else { return nil }
            let label = "Percentiles of \(title.lowercased()) latency for each of \(cohorts.count) incidents over time"
            return PageDrawing(title: title, drawing: chart.text(label: label))
        }
        return [drawing("Delivery", \.delivery), drawing("Acknowledgement", \.acknowledgement)].compactMap { $0 }
    }
}
