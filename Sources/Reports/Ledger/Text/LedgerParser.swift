internal import DemandResponse

extension Ledger {
    /// Reads what ``text`` wrote.
    /// - Parameter path: of the file, for the words of an error.
    public init(text: String, path: String) throws(LedgerError) {
        var parser = LedgerParser(text, path: path)
        self = try parser.ledger()
    }
}

/// Reads the text of a ledger, line by line.
struct LedgerParser {
    let path: String
    private let text: String
    private let lines: [Substring]
    /// Of the line that is read next, from 0.
    private var index = 0
    /// Where what was read so far stands.
    private(set) var positions = LedgerLines()

    init(_ text: String, path: String) {
        self.text = text
        self.path = path
        lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    }

    mutating func ledger() throws(LedgerError) -> Ledger {
        try checkVersion()
        let scenario = try free(after: "scenario: ")
        guard let seed = UInt64(try rest(after: "seed: ")) else { throw error("a seed is a number", back: 1) }
        var ledger = Ledger(scenario: scenario, seed: seed)
        while let words = take(prefix: "refused of nobody: ") { ledger.strays.append(try refusals(words)) }
        while take(exactly: "") {
            guard line?.hasPrefix("incident ") ?? false else { break }
            ledger.incidents.append(try incident())
        }
        _ = try rest(after: "total: ")
        try checkDigest()
        return ledger
    }

    private mutating func checkVersion() throws(LedgerError) {
        guard let version = take(prefix: Ledger.title) else { throw error("this is not a decision ledger") }
        guard let number = Int(version) else { throw error("'\(version)' is not a version", back: 1) }
        guard number == Ledger.version else {
            throw error("version \(number) is not one that this build reads, which is \(Ledger.version)", back: 1)
        }
    }

    /// Looked at last: where a line makes no sense, that says more.
    private mutating func checkDigest() throws(LedgerError) {
        let digest = try rest(after: "digest: ")
        guard index == lines.count - 1, lines.last == "" else { throw error("nothing may follow the digest") }
        let body = lines.dropLast(2).joined(separator: "\n") + "\n"
        guard digest == Ledger.digest(of: body) else {
            throw error("the digest is not that of the lines above: some were changed or are missing", back: 1)
        }
    }

    // MARK: Incidents

    private mutating func incident() throws(LedgerError) -> IncidentDecisions {
        var incident = IncidentDecisions(name: try free(after: "incident "))
        positions.add(incident: incident.name, line: index)
        if let subject = take(prefix: "  subject: ") { incident.subject = try free(subject) }
        while let step = try step() { incident.steps.append(step) }
        var messages: [Message] = []
        while let words = take(prefix: "  message \(messages.count + 1)") { messages.append(try message(words)) }
        while let line, line.hasPrefix("  "), !line.hasPrefix("   ") {
            try group(of: &incident, messages)
        }
        return incident
    }

    private mutating func step() throws(LedgerError) -> IncidentDecisions.Step? {
        for kind in IncidentDecisions.Step.Kind.allCases {
            guard let words = take(prefix: "  \(kind.rawValue)") else { continue }
            var step = IncidentDecisions.Step(kind: kind)
            let parts = words.split(separator: " refused: ", omittingEmptySubsequences: false)
            guard let time = parts.first, parts.count <= 2, time.isEmpty || time.hasPrefix(" ") else {
                throw error("a step is its kind, its time, and what refused it", back: 1)
            }
            if !time.isEmpty { step.time = String(time.dropFirst()) }
            if parts.count == 2 { step.refusal = String(parts[1]) }
            return step
        }
        return nil
    }

    private func message(_ words: Substring) throws(LedgerError) -> Message {
        if words == " is different for each customer" { return .personal }
        if words.hasPrefix(": ") { return .words(try free(words.dropFirst(2))) }
        let digest = " has the digest "
        guard words.hasPrefix(digest), let number = UInt64(words.dropFirst(digest.count), radix: 16) else {
            throw error("a message has words or a digest", back: 1)
        }
        return .digest(Int64(bitPattern: number))
    }

    private mutating func group(
        of incident: inout IncidentDecisions,
        _ messages: [Message]
    ) throws(LedgerError) {
        let title = line ?? ""
        index += 1
        let place = index
        let parts = title.dropFirst(2).split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        let words = parts[0].split(separator: " ")
        guard parts.count == 2, let count = words.lazy.compactMap({ Int($0) }).first else {
            throw error("a group of customers begins with how many they are", back: 1)
        }
        var ids = parts[1].split(separator: " ")
        while let more = take(prefix: "      ") { ids += more.split(separator: " ") }
        guard var customers = CustomerSet(words: ids), !customers.ranges.isEmpty else {
            throw error("customers are ascending ids and ranges, as 1..4 17", back: 1)
        }
        if words.first == "the" { customers = customers.subtracting(incident.customers) }
        guard customers.count == count else {
            throw error("these are \(customers.count) customers, not \(count)", back: 1)
        }
        var course = Course()
        while let line = take(prefix: "    ") { try decision(line, messages, into: &course) }
        incident.groups.append(IncidentDecisions.Group(customers: customers, course: course))
        positions.add(customers, of: incident.name, line: place)
    }

    // MARK: What was decided for a group

    private func decision(
        _ line: Substring,
        _ messages: [Message],
        into course: inout Course
    ) throws(LedgerError) {
        let parts = line.split(separator: ": ", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2 else { throw error("a decision is '<what>: <what was decided>'", back: 1) }
        var subject = parts[0]
        var modification = 0
        if subject.hasPrefix("change ") {
            let words = subject.split(separator: " ", maxSplits: 2)
            guard words.count == 3, let number = Int(words[1]), number > 0 else {
                throw error("'change' is followed by a number", back: 1)
            }
            modification = number
            subject = words[2]
        }
        let cancellation = "cancellation by "
        if subject == "answer" {
            course.answers.append(try answer(parts[1], modification))
        } else if subject == "refused" {
            course.refusals.append(try refusals(parts[1]))
        } else if subject.hasPrefix(cancellation) {
            guard let outcome = LedgerWords.outcome(parts[1]) else { throw unknown(parts[1]) }
            let method = try method(subject.dropFirst(cancellation.count))
            course.cancellations.append(Cancellation(method: method, outcome: outcome))
        } else {
            let method: DispatchMethod? = subject == "no method" ? nil : try method(subject)
            course.notices.append(try notice(parts[1], method, modification, messages))
        }
    }

    private func method(_ name: Substring) throws(LedgerError) -> DispatchMethod {
        guard let method = DispatchMethod(name: String(name)) else {
            let names = DispatchMethod.allCases.map(\.name).joined(separator: ", ")
            throw error("'\(name)' is no method; they are \(names)", back: 1)
        }
        return method
    }

    private func notice(
        _ text: Substring,
        _ method: DispatchMethod?,
        _ modification: Int,
        _ messages: [Message]
    ) throws(LedgerError) -> Notice {
        // A reason, which may hold anything, is the last clause.
        let failure = text.firstRange(of: ", " + LedgerWords.failed)
        var clauses = text[..<(failure?.lowerBound ?? text.endIndex)].split(separator: ", ")
        if let failure { clauses.append(text[failure.lowerBound...].dropFirst(2)) }
        guard let first = clauses.first, first.hasPrefix("message "), let number = Int(first.dropFirst(8)),
            messages.indices.contains(number - 1)
        else { throw error("a notice begins with one of the incident's messages, as 'message 1'", back: 1) }
        guard clauses.count > 1, let last = clauses.last, let outcome = LedgerWords.outcome(last) else {
            throw unknown(clauses.last ?? "")
        }
        var notice = Notice(modification: modification, method: method, message: messages[number - 1])
        notice.outcome = outcome
        for clause in clauses.dropFirst().dropLast() where clause != "not sent" {
            if let sending = LedgerWords.sending(clause) {
                notice.sendings.append(sending)
            } else if clause.hasPrefix("repeated on connecting x "), let repeats = Int(clause.dropFirst(25)) {
                notice.repeats = repeats
            } else {
                throw unknown(clause)
            }
        }
        return notice
    }

    private func answer(_ text: Substring, _ modification: Int) throws(LedgerError) -> Answer {
        for isDeclined in [false, true] {
            for isLate in [false, true] {
                let answer = Answer(modification: modification, isDeclined: isDeclined, isLate: isLate, by: "")
                guard text.hasPrefix(answer.words) else { continue }
                return Answer(
                    modification: modification,
                    isDeclined: isDeclined,
                    isLate: isLate,
                    by: try free(text.dropFirst(answer.words.count))
                )
            }
        }
        throw unknown(text)
    }

    private func refusals(_ text: Substring) throws(LedgerError) -> Refusals {
        let parts = text.split(separator: " x ")
        guard parts.count == 2, let count = Int(parts[1]), count > 0 else {
            throw error("a refusal is a rule and a count, as 'never-sent x 2'", back: 1)
        }
        return Refusals(rule: String(parts[0]), count: count)
    }

    // MARK: Lines

    private var line: Substring? { index < lines.count ? lines[index] : nil }

    private mutating func take(exactly text: String) -> Bool {
        guard line.map({ $0 == text }) ?? false else { return false }
        index += 1
        return true
    }

    /// The rest of the next line, if that begins so.
    private mutating func take(prefix: String) -> Substring? {
        guard let line, line.hasPrefix(prefix) else { return nil }
        index += 1
        return line.dropFirst(prefix.count)
    }

    private mutating func rest(after prefix: String) throws(LedgerError) -> Substring {
        guard let rest = take(prefix: prefix) else {
            let found = line.map { $0.isEmpty ? "an empty line" : "'\($0)'" } ?? "the end of the file"
            throw error("'\(prefix)…' is missing; there is \(found)")
        }
        return rest
    }

    private mutating func free(after prefix: String) throws(LedgerError) -> String {
        try free(try rest(after: prefix))
    }

    private func free(_ text: Substring) throws(LedgerError) -> String {
        guard let text = LedgerWords.unescaped(text) else {
            throw error("a backslash is followed by n, r or another one", back: 1)
        }
        return text
    }

    private func unknown(_ words: Substring) -> LedgerError { error("'\(words)' is not a word of decisions", back: 1) }

    /// - Parameter back: how many lines before the next one it is.
    private func error(_ message: String, back: Int = 0) -> LedgerError {
        LedgerError(path: path, line: min(index - back, lines.count - 1) + 1, message: message.printable())
    }
}
