internal import Base
import DemandResponse

extension ScenarioWriter {
    mutating func write(_ rule: ClientRule) {
        line("  - of: " + Self.written(rule.of))
        if let connects = rule.connects {
            let connects = connects.map { written($0) }
            write("connects", connects, none: "never")
        }
        if let link = rule.link {
            let pairs: [(String, String?)] = [
                ("delay", writtenIfAny(link.delay)),
                ("jitter", link.jitter == .zero ? nil : DurationText.text(link.jitter)),
                ("loss", link.loss.written(unless: .none)),
            ]
            line("    link: " + YAMLText.mapping(pairs))
        }
        if let acknowledges = rule.acknowledges {
            let answers = acknowledges.map { written($0) }
            write("acknowledges", answers, none: "never")
        }
        if let disconnects = rule.disconnects {
            let disconnections = disconnects.map { written($0) }
            write("disconnects", disconnections, none: "[]")
        }
    }

    static func written(_ selector: CustomerSelector) -> String {
        switch selector {
        case .all: return "all"
        case .program(let id): return "{program: \(id)}"
        case .group(let name): return "{group: \(YAMLText.scalar(name))}"
        case .customer(let id): return "{customer: \(id)}"
        case .customers(let ranges):
            let parts = ranges.map {
                $0.lowerBound == $0.upperBound ? String($0.lowerBound) : "\($0.lowerBound)..\($0.upperBound)"
            }
            let isOneRange = ranges.count == 1 && parts[0].contains(".")
            return "{customers: \(isOneRange ? parts[0] : YAMLText.list(parts))}"
        }
    }

    /// One, or a list of them: on one line if they fit.
    private mutating func write(_ key: String, _ elements: [String], none: String) {
        let head = "    \(key): "
        let flow = elements.count == 1 ? elements[0] : elements.isEmpty ? none : YAMLText.list(elements)
        guard elements.count > 1, head.utf8.count + flow.utf8.count > Self.width else { return line(head + flow) }
        line("    \(key):")
        for element in elements { line("      - " + element) }
    }

    private mutating func written(_ connection: Connection) -> String {
        let spread =
            if case .uniform(.zero, let latest) = connection.spread, latest > .zero {
                DurationText.text(latest)
            } else {
                writtenIfAny(connection.spread)
            }
        return YAMLText.mapping([
            ("at", clock.words(of: connection.at)),
            ("spread", spread),
            ("share", connection.share.written(unless: .all)),
            ("for", connection.lasting.map { written($0) }),
        ])
    }

    private mutating func written(_ change: Answer.ChangeOfMind) -> String {
        YAMLText.mapping([
            ("after", written(change.after)),
            ("opt_out", String(change.optsOut)),
            ("share", change.share.written(unless: .all)),
            ("by", change.by.map(YAMLText.scalar)),
        ])
    }

    private mutating func written(_ answer: Answer) -> String {
        let changes = answer.then.map { written($0) }
        let timing: (String, String?) =
            switch answer.timing {
            case .after(let delay): ("after", written(delay))
            case .at(let instant): ("at", clock.words(of: instant))
            }
        return YAMLText.mapping([
            ("incident", answer.incident.map(YAMLText.scalar)),
            ("modification", answer.modification.map(String.init)),
            timing,
            ("share", answer.share.written(unless: .all)),
            ("by", answer.by == Answer.defaultBy ? nil : YAMLText.scalar(answer.by)),
            ("repeats", answer.repeats == 1 ? nil : String(answer.repeats)),
            ("declines", answer.declines.written(unless: .none)),
            ("then", changes.count > 1 ? YAMLText.list(changes) : changes.first),
            ("even_if_cancelled", answer.isSentIfCancelled ? "true" : nil),
        ])
    }

    private mutating func written(_ disconnection: Disconnection) -> String {
        YAMLText.mapping([
            ("at", clock.words(of: disconnection.at)),
            ("spread", disconnection.spread == .zero ? nil : DurationText.text(disconnection.spread)),
            ("for", written(disconnection.lasting)),
            ("share", disconnection.share.written(unless: .all)),
        ])
    }
}
