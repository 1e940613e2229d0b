internal import Base
internal import DispatchStore
internal import Measures

/// `report.html`: everything about one run on one page that needs nothing else, neither scripts nor a network.
struct RunPage {
    var style = PageTemplates.style
    var title: String
    var verdict: String
    var tone: String
    var description: String?
    var facts: String
    var proves: String
    var command: String
    var statuses: [String]
    var figures: [PageFigure]
    var shares: [PageShare]
    var sharesLabel: String
    var expectationRemark: String
    var expectationTone: String
    var expectations: [PageExpectation]
    var zone: String
    var bar: String
    var lanes: [PageDrawing]
    var lanesNote: String?
    var latencyNotes: [String]
    var latencies: [PageDrawing]
    var overTime: [PageDrawing]
    var table: PageTable?
    var slowest: [PageTrace]
    var silent: [PageTrace]
    var slowestNote: String
    var silentNote: String
    var slowestQuery = Self.query("SELECT * FROM latencies ORDER BY acknowledgement_ms DESC")
    var silentQuery = Self.query("SELECT * FROM unacknowledged")
    var review: PageReview?
    var decisions: [PageTable]
    var troubles: [PageTable]
    var invariantRemark: String
    var invariantTone: String
    var checks: [PageCheck]
    var environment: [PagePair]
    var lines: [PageLine]
    var linesNote: String?

    init(_ material: RunMaterial) {
        let summary = material.summary
        let header = summary.header
        title = header.name
        verdict = summary.verdict
        tone = summary.status == .allHeld ? "good" : "bad"
        description = header.description.isEmpty ? nil : header.description
        facts = Self.facts(summary)
        proves = header.world.proves
        command = header.repeatCommand
        statuses = summary.status == .allHeld ? [] : summary.statuses.map(\.name)
        figures = Self.figures(summary)
        shares = PageShare.all(of: summary.overall.counts)
        sharesLabel = shares.words

        expectationRemark =
            summary.expectations.isEmpty ? "none: this run checked invariants only" : summary.expectations.remark
        expectationTone = summary.expectations.failures.isEmpty ? "good" : "bad"
        expectations = summary.expectations.map { Self.expectation($0, in: header.file) }

        let clock = material.clock
        let axis = TimeAxis(from: header.startsAt, to: header.endsAt, clock: clock)
        zone = clock.zoneName
        bar = Units.round(axis.bar)
        (lanes, lanesNote) = Self.lanes(material, axis: axis)
        latencyNotes = header.latencyNotes
        latencies = Self.latencies(material)
        overTime = Self.overTime(material, axis: axis)
        table = Self.figures(material)
        (slowest, silent) = Self.traces(material, clock: clock)
        slowestNote = Self.slowestNote(header)
        silentNote = Self.silentNote(material)
        review = summary.comparedDecisions.map(Self.review)
        decisions = Self.decisions(material, clock: clock)
        troubles = Self.troubles(material, clock: clock)
        (invariantRemark, checks) = Self.invariants(summary)
        invariantTone = checks.contains { $0.tone == "bad" } ? "bad" : "good"
        environment = Self.environment(summary, clock: clock)
        (lines, linesNote) = Self.lines(summary)
    }

    func html() throws -> String { try PageTemplates.render(self, with: "report") }

    /// The command that shows what a page has no room for.
    static func query(_ sql: String) -> String {
        let quote = sql.contains("'") ? "\"" : "'"
        return "sqlite3 record.sqlite \(quote)\(sql)\(quote)"
    }
}

extension RunPage {
    static func facts(_ summary: RunSummary) -> String {
        let header = summary.header
        var facts = ["\(header.world.rawValue) run", "seed \(header.seed)"]
        if header.world == .live, header.speed != 1 { facts.append("speed \(Units.factor(header.speed))") }
        facts.append("\(Units.text(summary.simulated)) of grid")
        if let wall = header.wallDuration { facts[facts.count - 1] += " in \(Units.text(wall))" }
        return facts.joined(separator: " · ")
    }

    private static func figures(_ summary: RunSummary) -> [PageFigure] {
        let all = summary.overall.counts
        func customers(_ name: String, _ count: Int, _ tone: String) -> PageFigure {
            PageFigure(
                name: name,
                value: Units.count(count),
                note: all.customerIncidents > 0 ? Units.share(count, of: all.customerIncidents) : nil,
                tone: count == 0 ? "none" : tone
            )
        }
        return [
            PageFigure(
                name: "dispatch records",
                value: Units.count(all.dispatches),
                note: Units.plural(all.customers, "customer")
            ),
            PageFigure(
                name: "delivered",
                value: Units.count(all.delivered),
                note: all.dispatches > 0 ? Units.share(all.delivered, of: all.dispatches) : nil,
                tone: all.delivered == 0 ? "none" : "reached"
            ),
            customers("acknowledged", all.acknowledged, "acknowledged"),
            customers("late", all.late, "silent"),
            customers("no answer", all.unacknowledged, "silent"),
            customers("undeliverable", all.undeliverable, "unreachable"),
            PageFigure(
                name: "half answered in",
                value: summary.overall.acknowledgement[.p50].text,
                note: "95 %: \(summary.overall.acknowledgement[.p95].text)"
            ),
        ]
    }

    private static func expectation(_ finding: ExpectationFinding, in path: String) -> PageExpectation {
        PageExpectation(
            text: finding.text,
            observed: finding.observed,
            held: finding.verdict == .held,
            isKnown: finding.verdict == .known,
            line: finding.line,
            reasons: finding.verdict == .held
                ? [] : finding.failure(in: path).map { PagePair(name: $0.label, value: $0.text) }
        )
    }

    private static func invariants(_ summary: RunSummary) -> (remark: String, checks: [PageCheck]) {
        let checks = summary.checks
        let broken = checks.count { $0.violationCount > 0 }
        let idle = checks.count { $0.violationCount == 0 && $0.examined == 0 }
        let facts = Units.plural(checks.reduce(0) { $0 + $1.examined }, "fact")
        let remark =
            checks.isEmpty
            ? "not checked"
            : broken == 0
                ? (idle == 0 ? "all held" : "\(checks.count - idle) held") + ", \(facts) examined"
                : "\(broken) of \(checks.count) broken, \(facts) examined"
        return (
            remark,
            checks.map { check in
                let isIdle = check.violationCount == 0 && check.examined == 0
                return PageCheck(
                    name: check.label,
                    outcome: isIdle
                        ? "nothing to examine"
                        : check.violationCount == 0 ? Units.plural(check.examined, "fact") : check.outcome,
                    tone: isIdle ? "idle" : check.violationCount == 0 ? "good" : "bad",
                    violations: check.violations.prefix(10).map { $0.text(from: summary.header.startsAt) },
                    query: check.violationCount > min(10, check.violations.count)
                        ? query("SELECT * FROM violations WHERE number = \(check.number)") : nil
                )
            }
        )
    }

    private static func environment(_ summary: RunSummary, clock: ReportClock) -> [PagePair] {
        let header = summary.header
        var pairs = [
            PagePair(name: "GridDrill", value: header.version),
            PagePair(name: "scenario", value: header.path),
            PagePair(name: "its SHA-256", value: header.scenarioSHA256),
            PagePair(name: "seed", value: "\(header.seed)"),
            PagePair(name: "world", value: header.world.rawValue),
        ]
        if !header.tags.isEmpty { pairs.append(PagePair(name: "tags", value: header.tags.joined(separator: ", "))) }
        if header.world == .live {
            pairs.append(PagePair(name: "speed", value: Units.factor(header.speed)))
            if let target = header.target { pairs.append(PagePair(name: "server", value: target)) }
        }
        pairs += [
            PagePair(
                name: "its own clock",
                value: "\(clock.full(header.startsAt)) to \(clock.full(header.endsAt)), \(clock.zoneName)"
            ),
            PagePair(name: "run at", value: header.wallStartedAt.iso8601),
            PagePair(name: "took", value: header.wallDuration.map(Units.text) ?? "was broken off"),
        ]
        if let rate = summary.dispatchesPerSecond {
            pairs.append(PagePair(name: "rate", value: Units.rate(rate, of: "dispatches")))
        }
        if let machine = header.environment {
            pairs += [
                PagePair(
                    name: "machine",
                    value: "\(machine.processor), \(Units.plural(machine.cores, "core")), "
                        + "\(Units.bytes(machine.memoryBytes)) of memory"
                ),
                PagePair(name: "system", value: machine.system),
                PagePair(name: "build", value: "\(machine.build), \(machine.compiler)"),
            ]
        }
        pairs.append(PagePair(name: "record", value: summary.recordPath))
        return pairs
    }

    private static let mostLines = 1_500

    private static func lines(_ summary: RunSummary) -> (lines: [PageLine], note: String?) {
        let marks = Dictionary(
            summary.expectations.map { ($0.line, $0.passes ? ($0.held ? "good" : "known") : "bad") },
            // A line that stands for several is marked as the worst of them.
            uniquingKeysWith: { tone, other in ["bad", "known"].first { [tone, other].contains($0) } ?? tone }
        )
        var lines = summary.header.scenario.lines
        if lines.last == "" { lines.removeLast() }
        let shown = lines.prefix(mostLines).enumerated().map { index, text in
            PageLine(number: index + 1, text: String(text), tone: marks[index + 1] ?? "")
        }
        let note = lines.count > mostLines ? query("SELECT scenario FROM run") : nil
        return (shown, note)
    }
}

extension Standing {
    var words: String {
        switch self {
        case .acknowledged: "opted in"
        case .declined: "opted out"
        case .withdrawn: "withdrew after the start"
        case .silent: "reached, no answer"
        case .pending: "not reached"
        case .unreachable: "unreachable"
        }
    }
}

extension Population.Value {
    var text: String {
        switch self {
        case .span(let span): Units.text(span)
        case .never: "never"
        case .withheld, .empty: "–"
        }
    }

    var cell: PageCell {
        switch self {
        case .span: .number(text)
        case .never: PageCell(text: text, style: "number never")
        case .withheld, .empty: PageCell(text: text, style: "number dim")
        }
    }
}
