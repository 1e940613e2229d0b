internal import Base

extension Ledger {
    /// Reads what ``text`` wrote, whichever ends its lines have.
    /// - Parameter path: of the file, for the words of an error.
    public init(text: String, path: String) throws(LedgerError) {
        var parser = LedgerParser(text, path: path)
        self = try parser.ledger()
    }
}

/// Reads the text of a ledger, line by line and byte by byte: what are two characters to a writer may be one to Unicode.
struct LedgerParser {
    private let path: String
    private let lines: [ArraySlice<UInt8>]
    /// Of the line that is read next, from 0.
    private var index = 0
    /// Where each incident and its groups of customers stand, from 1.
    private var positions: [String: (line: Int, groups: [(customers: CustomerSet, line: Int)])] = [:]

    init(_ text: String, path: String) {
        self.path = path
        let feed = UInt8(ascii: "\n")
        var bytes = Array(text.utf8)
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes.removeFirst(3) }
        // Editors and merges may leave out the last line's end.
        if bytes.last != feed { bytes.append(feed) }
        lines = bytes.split(separator: feed, omittingEmptySubsequences: false).map { line in
            line.last == UInt8(ascii: "\r") ? line.dropLast() : line
        }
    }

    mutating func ledger() throws(LedgerError) -> Ledger {
        try checkVersion()
        for marker in ["<<<<<<< ", "=======", ">>>>>>> "] {
            if let place = lines.firstIndex(where: { $0.starts(with: marker.utf8) }) {
                index = place
                throw error("a conflict of two versions stands here; \(Self.cure)")
            }
        }
        guard let name = LedgerText.unescaped(try rest(after: "scenario: ")) else {
            throw error("a backslash means nothing here", back: 1)
        }
        guard let seed = UInt64(String(decoding: try rest(after: "seed: "), as: UTF8.self)) else {
            throw error("a seed is a number", back: 1)
        }
        var ledger = Ledger(scenario: name, seed: seed)
        while let line, !line.isEmpty { ledger.own.append(try own(line)) }
        while take(prefix: "")?.isEmpty ?? false, line?.starts(with: "incident ".utf8) ?? false {
            ledger.incidents.append(try incident())
        }
        guard try rest(after: Ledger.end).isEmpty, index == lines.count - 1, line?.isEmpty ?? false else {
            throw error("nothing may follow the ledger's end; \(Self.cure)")
        }
        return ledger
    }

    private static let cure = "have it written anew by griddrill run --approve"

    /// The line that says what is decided for a customer of an incident; of one that is in no group, the incident's.
    func line(of place: DecisionDifference.Place) -> Int? {
        guard let incident = positions[place.incident] else { return nil }
        let group = place.customer.flatMap { id in incident.groups.first { $0.customers.contains(id) } }
        return group?.line ?? incident.line
    }

    private mutating func checkVersion() throws(LedgerError) {
        guard let version = take(prefix: Ledger.title) else { throw error("this is not a decision ledger") }
        let text = String(decoding: version, as: UTF8.self)
        guard let number = Int(text) else { throw error("'\(text)' is not a version", back: 1) }
        guard number == Ledger.version else {
            throw error(
                "version \(number) is not one that this build reads, which is \(Ledger.version); \(Self.cure)",
                back: 1
            )
        }
    }

    // MARK: Incidents

    private mutating func incident() throws(LedgerError) -> IncidentDecisions {
        let first = index
        guard let name = LedgerText.unescaped(try rest(after: "incident ")) else {
            throw error("a backslash means nothing here", back: 1)
        }
        var incident = IncidentDecisions(name: name)
        positions[name] = (index, [])
        var all = CustomerSet()
        while let line, !line.starts(with: "  seal: ".utf8) {
            guard line.starts(with: "  ".utf8), !line.starts(with: "   ".utf8) else {
                throw error("an incident ends with its seal; \(Self.cure)")
            }
            let title = String(decoding: line.dropFirst(2), as: UTF8.self)
            if let match = title.wholeMatch(of: /(all |the other )?[0-9]+ customers?: .*/) {
                index += 1
                let place = index
                let customers = try customers()
                guard self.line?.starts(with: "    ".utf8) ?? false else {
                    all = customers
                    continue
                }
                let others = CustomerSet(union: incident.groups.map(\.customers))
                var group = IncidentDecisions.Group(
                    customers: match.1 == "the other " ? all.subtracting(others) : customers,
                    decisions: []
                )
                if let names = take(prefix: "    named: ") { group.names = try clauses(names) }
                while let line = take(prefix: "    ") { group.decisions.append(try decision(line)) }
                positions[name]?.groups.append((group.customers, place))
                incident.groups.append(group)
            } else {
                incident.own.append(try own(line.dropFirst(2)))
            }
        }
        try check(incident, from: first)
        return incident
    }

    /// That the lines are those which would be written: nothing was changed by hand.
    private mutating func check(_ incident: IncidentDecisions, from first: Int) throws(LedgerError) {
        let read = lines[first..<min(index + 1, lines.count)].map { String(decoding: $0, as: UTF8.self) }
        let expected = incident.lines
        if read.elementsEqual(expected, by: { $0.utf8.elementsEqual($1.utf8) }) {
            index += 1
            return
        }
        let same = zip(read, expected).prefix { $0.utf8.elementsEqual($1.utf8) }.count
        index = min(first + same, lines.count - 1)
        throw error(
            same + 1 == expected.count && same + 1 == read.count
                ? "incident \(incident.name) was changed by hand, or by a merge: its seal is another; \(Self.cure)"
                : "this is not as it was written; \(Self.cure)"
        )
    }

    private mutating func customers() throws(LedgerError) -> CustomerSet {
        var customers = CustomerSet()
        while let line, line.starts(with: "    ".utf8),
            let byte = line.dropFirst(4).first,
            byte == UInt8(ascii: "-") || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
        {
            guard customers.append(line: String(decoding: line.dropFirst(4), as: UTF8.self)) else {
                throw error("customers are ascending ids and ranges, as 1..4 17; \(Self.cure)")
            }
            index += 1
        }
        return customers
    }

    // MARK: Decisions

    private mutating func own(_ line: ArraySlice<UInt8>) throws(LedgerError) -> Decision {
        let (name, clauses) = try parts(line)
        index += 1
        return Decision(.own(name), clauses)
    }

    private func decision(_ line: ArraySlice<UInt8>) throws(LedgerError) -> Decision {
        let (name, clauses) = try parts(line, back: 1)
        guard let subject = Decision.Subject(customers: name) else {
            throw error("'\(name)' is nothing that is decided for a customer; \(Self.cure)", back: 1)
        }
        return Decision(subject, clauses)
    }

    private func parts(_ line: ArraySlice<UInt8>, back: Int = 0) throws(LedgerError) -> (String, [String]) {
        let parts = LedgerText.parts(line, separator: UInt8(ascii: ":"), most: 2)
        guard parts.count == 2, let name = LedgerText.unescaped(parts[0]) else {
            throw error("a decision is '<what>: <what was decided>'; \(Self.cure)", back: back)
        }
        return (name, try clauses(parts[1]))
    }

    private func clauses(_ text: ArraySlice<UInt8>) throws(LedgerError) -> [String] {
        var clauses: [String] = []
        for part in LedgerText.parts(text, separator: UInt8(ascii: ";")) {
            guard let clause = LedgerText.unescaped(part) else {
                throw error("a backslash means nothing here; \(Self.cure)")
            }
            clauses.append(clause)
        }
        return clauses
    }

    // MARK: Lines

    private var line: ArraySlice<UInt8>? { index < lines.count ? lines[index] : nil }

    /// The rest of the next line, if that begins so.
    private mutating func take(prefix: String) -> ArraySlice<UInt8>? {
        guard let line, line.starts(with: prefix.utf8) else { return nil }
        index += 1
        return line.dropFirst(prefix.utf8.count)
    }

    private mutating func rest(after prefix: String) throws(LedgerError) -> ArraySlice<UInt8> {
        guard let rest = take(prefix: prefix) else {
            throw error("'\(prefix)…' is missing; \(Self.cure)")
        }
        return rest
    }

    /// - Parameter back: how many lines before the next one it is.
    private func error(_ message: String, back: Int = 0) -> LedgerError {
        LedgerError(path: path, line: max(0, min(index - back, lines.count - 1)) + 1, message: message)
    }
}
