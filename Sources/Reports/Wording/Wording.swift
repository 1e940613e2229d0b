internal import Base
internal import DispatchStore

extension RunHeader.World {
    /// What a run in this world is evidence of.
    var proves: String {
        switch self {
        case .virtual:
            "virtual run: proves decisions, ordering and scripted behaviour; its latencies are the script's, not the software's."
        case .live:
            "live run: measures the software, on this machine and on this day; never compared with a virtual run."
        }
    }
}

extension RunHeader {
    /// What has to be known of a run's latencies before one of them is believed: in which time each of them is, where that is not the
    /// same, and what of the scenario its world does not play.
    var latencyNotes: [String] {
        var notes: [String] = []
        if clockSpeed != 1 {
            notes.append(
                "wall time: delivery over websocket, confirmation and dispatch lag, which are the software's; grid time, "
                    + "\(Units.factor(clockSpeed)) times as fast: acknowledgement, and delivery by carriers with what the software adds to it"
            )
        }
        if !unplayed.isEmpty {
            notes.append(
                "not played by a live run, which has the network it runs on: \(unplayed.joined(separator: ", "))"
            )
        }
        return notes
    }
}

extension SuiteSummary {
    /// Of all its runs, each once.
    var latencyNotes: [String] {
        runs.flatMap(\.header.latencyNotes).reduce(into: []) { notes, note in
            if !notes.contains(note) { notes.append(note) }
        }
    }
}

extension RunSummary {
    var verdict: String {
        switch header.verdict {
        case nil: "BROKEN OFF"
        case .violated: "VIOLATED"
        case .failed: "FAILED"
        case .passed where status == .allHeld: "PASSED"
        case .passed: status == .decisionsDiffer ? "DIFFERS" : "FAILED"
        }
    }
}

extension Units {
    /// Of expectations.
    static func held(_ held: Int, of all: Int) -> String {
        guard held == all else { return "\(all - held) of \(all) fell short" }
        return all == 1 ? "it held" : "all \(all) held"
    }
}

extension ExpectationFinding {
    /// From the operator on, as `< 7m`; nothing where there is no operator.
    var expected: String? { Self.expected(in: text) }

    static func expected(in text: String) -> String? {
        var depth = 0
        for index in text.indices {
            switch text[index] {
            case "{": depth += 1
            case "}": depth -= 1
            case "<", ">", "=", "!":
                if depth == 0 { return String(text[index...]) }
            case "c":
                if depth == 0, text[..<index].last == " ", text[index...].hasPrefix("contains ") {
                    return String(text[index...])
                }
            default: break
            }
        }
        return nil
    }

    /// Why it fell short, in the same words on the terminal and in JUnit's report; each with what it is about.
    func failure(in path: String) -> [(label: String, text: String)] {
        var lines: [(label: String, text: String)] = []
        if let expected { lines.append(("expected", expected)) }
        lines.append(("observed", observed.isEmpty ? "nothing" : observed))
        if let explanation { lines.append(("because", explanation)) }
        lines.append(("at", "\(path):\(line)"))
        return lines
    }
}

extension CheckFinding {
    var label: String { "\(number) \(name)" }

    /// `3 violations among 1,004 facts`
    var outcome: String {
        "\(Units.plural(violationCount, "violation")) among \(Units.plural(examined, "fact"))"
    }
}

extension CheckFinding.Violation {
    /// With how long after the run's start it was.
    func text(from start: Timestamp) -> String {
        guard let at else { return message }
        return "+\(Units.text(at - start))  \(message)"
    }
}
