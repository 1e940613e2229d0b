internal import Base

extension Ledger {
    /// The last line: nothing was cut off.
    static let end = "end of the ledger"
    static let title = "GridDrill decision ledger, version "

    /// The ledger as a text to be reviewed and kept, which ``init(text:path:)`` reads again without any loss:
    ///
    ///     GridDrill decision ledger, version 2
    ///     scenario: Seed roster
    ///     seed: 1
    ///
    ///     incident mornings
    ///       program: 1 Cool Mornings; America/Los_Angeles; answers are in time until the end
    ///       event: market_dispatch; 2021-08-13T09:30:00-07:00 to 2021-08-13T10:00:00-07:00
    ///       opened: 2021-08-13T09:05:00-07:00
    ///       message: Dear Voltan, You have been dispatched …
    ///       all 2 customers: 100.0 % in time
    ///         1..2
    ///         email: sent at once; to {email}; delivered
    ///         answer: acknowledged in time; by {name} operator
    ///       seal: 0123456789abcdef
    ///
    ///     end of the ledger
    ///
    /// A modification's lines begin with `change 1`. The largest group of an incident, if it is a long list, names its
    /// customers only as the others of all. The seal (FNV-1a, 64 bits) is of the incident's lines: of one that was changed by
    /// hand a reader says so, and two changes of two incidents do not meet in any line.
    public var text: String {
        var lines = ["\(Self.title)\(Self.version)", "scenario: \(LedgerText.escaped(scenario))", "seed: \(seed)"]
        lines += own.map(\.line)
        for incident in incidents { lines += [""] + incident.lines }
        lines += ["", Self.end]
        return lines.joined(separator: "\n") + "\n"
    }
}

extension IncidentDecisions {
    /// Without the empty line before them.
    var lines: [String] {
        var lines = ["incident \(LedgerText.escaped(name))"] + own.map { "  " + $0.line }
        if groups.count > 1 { lines += ["  all \(LedgerText.customers(customers)): \(shares.joined(separator: "; "))"] }
        let hasRest = groups.count > 1 && groups.last?.customers.isLong ?? false
        if hasRest { lines += customers.lines.map { "    " + $0 } }
        for (index, group) in groups.enumerated() {
            let isRest = hasRest && index == groups.count - 1
            lines.append(
                "  \(groups.count == 1 ? "all " : isRest ? "the other " : "")\(group.title(of: customers.count))"
            )
            if !isRest { lines += group.customers.lines.map { "    " + $0 } }
            if !group.names.isEmpty {
                lines.append("    named: \(group.names.map(LedgerText.clause).joined(separator: "; "))")
            }
            lines += group.decisions.map { "    " + $0.line }
        }
        return lines + ["  seal: \(LedgerText.digest(of: lines))"]
    }

    /// How all customers answered each modification: `97.1 % in time, 0.3 % late, 2.6 % silent`.
    private var shares: [String] {
        let all = customers.count
        let modifications = Set(groups.flatMap(\.modifications)).sorted()
        return modifications.map { modification in
            var counts: [String: Int] = [:]
            for group in groups { counts[group.answer(to: modification), default: 0] += group.customers.count }
            let words = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
                .map { "\(Units.share($0.value, of: all)) \($0.key)" }
            return (modification == 0 ? "" : "of change \(modification) ") + words.joined(separator: ", ")
        }
    }
}

extension IncidentDecisions.Group {
    fileprivate var modifications: [Int] {
        decisions.compactMap { if case .notice(let modification, _) = $0.subject { modification } else { nil } }
    }

    /// `in time`, `late`, `declined in time`; of who changed its mind `in time then declined`; without an answer `silent`, or `never told` where nothing was sent.
    fileprivate func answer(to modification: Int) -> String {
        guard let answer = decisions.first(where: { $0.subject == .answer(modification: modification) }),
            let words = answer.clauses.first
        else { return isSent(modification) ? "silent" : "never told" }
        let last = answer.clauses.last { $0.hasPrefix("then ") }
        return words.trimmingPrefix("acknowledged ") + (last.map { " \($0)" } ?? "")
    }

    private func isSent(_ modification: Int) -> Bool {
        decisions.contains { decision in
            if case .notice(modification, _) = decision.subject { decision.clauses.first != "not sent" } else { false }
        }
    }

    fileprivate func title(of all: Int) -> String {
        let answers = Set(modifications).sorted().map {
            ($0 == 0 ? "" : "change \($0) ") + answer(to: $0)
        }
        let share = Units.share(customers.count, of: all)
        return "\(LedgerText.customers(customers)): \(share) \(answers.joined(separator: "; "))"
    }
}

extension Decision {
    var line: String {
        "\(LedgerText.escaped(subject.text, alsoColons: true)): \(clauses.map(LedgerText.clause).joined(separator: "; "))"
    }
}

/// Free text in a ledger: whatever it holds, it stays on its line and comes back.
enum LedgerText {
    static func customers(_ customers: CustomerSet) -> String {
        "\(customers.count) \(customers.count == 1 ? "customer" : "customers")"
    }

    static func digest(of lines: [String]) -> String {
        let digits = String(UInt64(bitPattern: contentDigest(of: lines.joined(separator: "\n"))), radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }

    static func clause(_ text: String) -> String { escaped(text, alsoSemicolons: true) }

    /// What does not stand for itself, or would not be seen, is `\u{…}`: control and format characters, those that end a line,
    /// blanks of other kinds and at the ends, and marks at the start, which would join what stands before them.
    static func escaped(_ text: String, alsoSemicolons: Bool = false, alsoColons: Bool = false) -> String {
        var result = String.UnicodeScalarView()
        let scalars = text.unicodeScalars
        for index in scalars.indices {
            let scalar = scalars[index]
            let isAtEnd = index == scalars.startIndex || scalars.index(after: index) == scalars.endIndex
            switch scalar {
            case "\\": result.append(contentsOf: "\\\\".unicodeScalars)
            case "\n": result.append(contentsOf: "\\n".unicodeScalars)
            case ";" where alsoSemicolons: result.append(contentsOf: "\\;".unicodeScalars)
            case ":" where alsoColons: result.append(contentsOf: "\\:".unicodeScalars)
            default:
                if needsNumber(scalar, isAtEnd: isAtEnd) {
                    result.append(contentsOf: "\\u{\(String(scalar.value, radix: 16))}".unicodeScalars)
                } else {
                    result.append(scalar)
                }
            }
        }
        return String(result)
    }

    private static func needsNumber(_ scalar: Unicode.Scalar, isAtEnd: Bool) -> Bool {
        if scalar.isASCII { return scalar.value < 0x20 || scalar.value == 0x7F || (isAtEnd && scalar == " ") }
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .spaceSeparator, .unassigned, .privateUse:
            return true
        case .nonspacingMark, .spacingMark, .enclosingMark: return isAtEnd
        default: return false
        }
    }

    /// Splits at a byte that no backslash precedes, and reads what `escaped` wrote.
    /// - Returns: `nil` for a backslash that means nothing.
    static func parts(_ text: ArraySlice<UInt8>, separator: UInt8, most: Int = .max) -> [ArraySlice<UInt8>] {
        var parts: [ArraySlice<UInt8>] = []
        var start = text.startIndex
        var index = start
        while index < text.endIndex, parts.count < most - 1 {
            if text[index] == UInt8(ascii: "\\") {
                index += 2
            } else if text[index] == separator, index + 1 < text.endIndex, text[index + 1] == UInt8(ascii: " ") {
                parts.append(text[start..<index])
                index += 2
                start = index
            } else {
                index += 1
            }
        }
        return parts + [text[start...]]
    }

    /// Reads what `escaped` wrote; `nil` for a backslash that means nothing.
    static func unescaped(_ text: ArraySlice<UInt8>) -> String? {
        var result: [UInt8] = []
        var rest = text
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "\\") else {
                result.append(byte)
                continue
            }
            switch rest.popFirst() {
            case UInt8(ascii: "\\"): result.append(UInt8(ascii: "\\"))
            case UInt8(ascii: ";"): result.append(UInt8(ascii: ";"))
            case UInt8(ascii: ":"): result.append(UInt8(ascii: ":"))
            case UInt8(ascii: "n"): result.append(UInt8(ascii: "\n"))
            case UInt8(ascii: "u"):
                guard rest.popFirst() == UInt8(ascii: "{"), let end = rest.firstIndex(of: UInt8(ascii: "}")),
                    let value = UInt32(String(decoding: rest[..<end], as: UTF8.self), radix: 16),
                    let scalar = Unicode.Scalar(value)
                else { return nil }
                result += Array(String(scalar).utf8)
                rest = rest[(end + 1)...]
            default: return nil
            }
        }
        return String(decoding: result, as: UTF8.self)
    }
}
