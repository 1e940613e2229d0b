internal import Base
internal import DemandResponse
internal import DispatchStore
internal import Journal

extension Ledger {
    static let title = "GridDrill decision ledger, version "

    /// The ledger as a text to be reviewed and kept, which ``init(text:path:)`` reads again without any loss:
    ///
    ///     GridDrill decision ledger, version 1
    ///     scenario: Seed roster
    ///     seed: 1
    ///
    ///     incident mornings
    ///       subject: program 1, market_dispatch, 2021-08-13T09:30:00-07:00 to 2021-08-13T10:00:00-07:00
    ///       opened 2021-08-13T09:05:00-07:00
    ///       message 1: Dear Voltan, You have been dispatched …
    ///       all 2 customers: 1..2
    ///         email: message 1, sent at once, delivered
    ///         answer: acknowledged in time by {name} operator
    ///
    ///     total: 1 incident and 2 customers dispatched
    ///     digest: 0123456789abcdef
    ///
    /// A modification's lines begin with `change 1`. The largest group of an incident, if it is a
    /// long list, names its customers only as `the other 9702 of` all.
    /// The digest (FNV-1a, 64 bits) is of all lines before it: of a text that was cut, or changed by hand, a reader says so.
    public var text: String {
        var lines = [
            "\(Self.title)\(Self.version)", "scenario: \(LedgerWords.escaped(scenario))", "seed: \(seed)",
        ]
        for refusals in strays { lines.append("refused of nobody: \(refusals.rule) x \(refusals.count)") }
        for incident in incidents { lines += [""] + incident.lines }
        let customers = incidents.reduce(0) { $0 + $1.groups.reduce(0) { $0 + $1.customers.count } }
        let (many, noun) = (incidents.count == 1 ? "incident" : "incidents", LedgerWords.customers(customers))
        lines += ["", "total: \(incidents.count) \(many) and \(noun) dispatched"]
        let body = lines.joined(separator: "\n") + "\n"
        return body + "digest: \(Self.digest(of: body))\n"
    }

    static func digest(of text: String) -> String {
        Self.hexadecimal(contentDigest(of: text))
    }

    static func hexadecimal(_ number: Int64) -> String {
        let digits = String(UInt64(bitPattern: number), radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}

extension IncidentDecisions {
    fileprivate var lines: [String] {
        var lines = ["incident \(LedgerWords.escaped(name))"]
        if let subject { lines.append("  subject: \(LedgerWords.escaped(subject))") }
        for step in steps {
            let time = step.time.map { " \($0)" } ?? ""
            lines.append("  \(step.kind.rawValue)\(time)\(step.refusal.map { " refused: \($0)" } ?? "")")
        }
        var messages: [Message] = []
        for notice in groups.flatMap(\.course.notices) where !messages.contains(notice.message) {
            messages.append(notice.message)
        }
        for (index, message) in messages.enumerated() { lines.append("  message \(index + 1)\(message.line)") }
        for (index, group) in groups.enumerated() {
            lines += header(of: group, isLast: index == groups.count - 1)
            lines += group.course.lines(messages).map { "    " + $0 }
        }
        return lines
    }

    /// Ids in lines of some hundred columns, so that a change of one is a change of one line.
    private func header(of group: Group, isLast: Bool) -> [String] {
        let count = group.customers.count
        let isRest = isLast && groups.count > 1 && group.customers.isLong
        let all = groups.count == 1 && count > 1 ? "all " : ""
        let title = isRest ? "the other \(count) of:" : "\(all)\(LedgerWords.customers(count)):"
        let listed = isRest ? customers : group.customers
        return listed.isLong ? ["  \(title)"] + idLines(listed) : ["  \(title) \(listed.words.joined(separator: " "))"]
    }

    private func idLines(_ customers: CustomerSet) -> [String] {
        customers.words.reduce(into: [String]()) { lines, word in
            if let last = lines.last, last.utf8.count + 1 + word.utf8.count <= 100 {
                lines[lines.count - 1] = last + " " + word
            } else {
                lines.append("      " + word)
            }
        }
    }
}

extension Message {
    fileprivate var line: String {
        switch self {
        case .words(let text): ": \(LedgerWords.escaped(text))"
        case .digest(let digest): " has the digest \(Ledger.hexadecimal(digest))"
        case .personal: " is different for each customer"
        }
    }
}

extension Course {
    fileprivate func lines(_ messages: [Message]) -> [String] {
        notices.map { $0.line(1 + (messages.firstIndex(of: $0.message) ?? -1)) }
            + answers.map(\.line)
            + cancellations.map { "cancellation by \($0.method.name): \(LedgerWords.text($0.outcome))" }
            + refusals.map { "refused: \($0.rule) x \($0.count)" }
    }
}

extension Notice {
    fileprivate func line(_ number: Int) -> String {
        var clauses = ["message \(number)"] + sendings.map(LedgerWords.text)
        if sendings.isEmpty { clauses.append("not sent") }
        if repeats > 0 { clauses.append("repeated on connecting x \(repeats)") }
        clauses.append(LedgerWords.text(outcome))
        return "\(LedgerWords.change(modification))\(method?.name ?? "no method"): "
            + clauses.joined(separator: ", ")
    }
}

extension Answer {
    fileprivate var line: String { "\(LedgerWords.change(modification))answer: \(words)" }

    /// `acknowledged in time by Site 1 operator`
    var words: String {
        "\(isDeclined ? "declined" : "acknowledged") \(isLate ? "late" : "in time") by \(LedgerWords.escaped(by))"
    }
}

extension LedgerWords {
    static func customers(_ count: Int) -> String { "\(count) \(count == 1 ? "customer" : "customers")" }

    /// What lines of a modification begin with.
    static func change(_ modification: Int) -> String { modification == 0 ? "" : "change \(modification) " }
}
