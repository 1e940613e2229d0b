internal import Base

/// Writes a scenario as the text of a file that reads as the same scenario.
public struct ScenarioWriter {
    /// Measured lengths that do not fit into the text: a file that has to stand beside the scenario's.
    public struct Measurements: Sendable, Equatable {
        public var file: String
        public var text: String
    }

    /// Lines longer than this are broken where they can be.
    static let width = 130

    public private(set) var text = ""
    public private(set) var measurements: [Measurements] = []
    private let name: String
    let clock: ScenarioClock

    /// - Parameters:
    ///   - heading: comments at the top, a line each.
    ///   - name: the file's, without its ending: files of measurements are called after it.
    public init(_ scenario: Scenario, heading: [String] = [], name: String = "scenario") {
        self.name = name
        clock = ScenarioClock(scenario)
        for comment in heading { line("# " + comment.split(whereSeparator: \.isNewline).joined(separator: " ")) }
        if !heading.isEmpty { line() }
        writeHead(scenario)
        writeRoster(scenario)
        section("clients", scenario.clients) { writer, rule in writer.write(rule) }
        writeCarriers(scenario.carriers)
        writeTimeline(scenario)
        writeFaults(scenario.faults)
        section("expect", scenario.expectations) { writer, expectation in
            writer.line("  - " + Self.written(expectation))
        }
    }

    private mutating func writeHead(_ scenario: Scenario) {
        line("name: " + YAMLText.blockScalar(scenario.name))
        if !scenario.description.isEmpty { line("description: " + YAMLText.blockScalar(scenario.description)) }
        if !scenario.tags.isEmpty { line("tags: " + YAMLText.list(scenario.tags.map(YAMLText.scalar))) }
        line("seed: \(scenario.seed)")
        line("starts: " + clock.text(of: scenario.starts))
        line("lasts: " + DurationText.text(scenario.lasts))
        let server = scenario.server
        let settings = YAMLText.mapping([
            ("ping_interval", written(server.pingInterval, unless: ServerSettings.defaultPingInterval)),
            ("ping_timeout", written(server.pingTimeout, unless: ServerSettings.defaultPingTimeout)),
        ])
        if server != ServerSettings() { line("server: " + settings) }
    }

    private func written(_ span: Span, unless standard: Span) -> String? {
        span == standard ? nil : DurationText.text(span)
    }

    mutating func line(_ text: String = "") { self.text += text + "\n" }

    /// A list under a key of the top level, a blank line before it.
    mutating func section<Element>(
        _ key: String,
        _ elements: [Element],
        _ write: (inout ScenarioWriter, Element) -> Void
    ) {
        line()
        line(elements.isEmpty ? "\(key): []" : "\(key):")
        for element in elements { write(&self, element) }
    }

    /// A distribution; measured lengths go to a file of their own.
    mutating func written(_ distribution: Distribution) -> String {
        func text(_ span: Span) -> String { DurationText.text(span) }
        switch distribution {
        case .constant(let span): return text(span)
        case .uniform(let low, let high): return "uniform(\(text(low)), \(text(high)))"
        case .exponential(let mean): return "exponential(mean \(text(mean)))"
        case .lognormal(let median, let p95): return "lognormal(median \(text(median)), p95 \(text(p95)))"
        case .normal(let mean, let deviation): return "normal(mean \(text(mean)), sd \(text(deviation)))"
        case .empirical(let spans):
            let lines = spans.map { text($0) + "\n" }.joined()
            if let known = measurements.first(where: { $0.text == lines }) { return "empirical(\(known.file))" }
            let file = "\(name)-\(measurements.count + 1).csv"
            measurements.append(Measurements(file: file, text: lines))
            return "empirical(\(file))"
        }
    }

    /// The same where none is the standard.
    mutating func writtenIfAny(_ distribution: Distribution) -> String? {
        distribution == .none ? nil : written(distribution)
    }
}

extension Share {
    /// Where all, or none, is the standard.
    func written(unless standard: Share) -> String? { self == standard ? nil : description }
}
