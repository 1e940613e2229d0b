internal import Base
internal import DispatchStore
internal import Measures

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

extension [ExpectationFinding] {
    /// Those with which the run may not pass.
    var failures: [ExpectationFinding] { filter { !$0.passes } }

    /// Those that fell short as was known.
    var known: [ExpectationFinding] { filter { $0.verdict == .known } }

    /// `all 10 held`, `2 of 10 fell short`, and how many were known to.
    var remark: String {
        let (fallen, known) = (failures.count, known.count)
        let note = known == 0 ? "" : ", \(known) known to fall short"
        if fallen > 0 { return "\(fallen) of \(count) fell short\(note)" }
        if known > 0 { return "\(count - known) of \(count) held\(note)" }
        return count == 1 ? "it held" : "all \(count) held"
    }
}

extension KnownFailure {
    /// `#12, until 2027-01-31: the storm is not over`
    var words: String { "\(issue), until \(until): \(why)" }
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

    /// Why it did not simply hold, in the same words on the terminal and in JUnit's report; each with what it is about.
    func failure(in path: String) -> [(label: String, text: String)] {
        var lines: [(label: String, text: String)] = []
        if let expected { lines.append(("expected", expected)) }
        lines.append(("observed", observed.isEmpty ? "nothing" : observed))
        if let explanation { lines.append(("because", explanation)) }
        if let known {
            switch verdict {
            case .outlived: lines.append(("because", "holds: the entry known can go (\(known.words))"))
            case .held, .fellShort: lines.append(("known", "no longer, its day is over: \(known.words)"))
            case .known: lines.append(("known", known.words))
            }
        }
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
