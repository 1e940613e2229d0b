internal import DemandResponse
public import DispatchStore

extension Ledger {
    /// Derives the ledger of a run from its record.
    public init(database: DispatchDatabase) throws(StoreError) {
        guard let header = try database.readRun() else {
            throw StoreError(.failed, path: database.path, "this is a server's database, not the record of a run")
        }
        self.init(scenario: header.name, seed: header.seed)
        let script = try database.readScript()
        let stored = try database.readIncidents()
        var builder = LedgerBuilder(isTimed: header.world == .virtual, incidents: stored)
        try database.forEachFact { builder.add($0) }
        strays = try builder.addAnswers(from: database)
        let messages = try builder.messages(from: database, stored, try database.readPrograms())
        let groups = builder.groups(messages)
        incidents = try LedgerScript(database, builder, stored, script).incidents(groups)
    }
}

extension LedgerBuilder {
    /// Reads what the journal tells less well than the tables.
    /// - Returns: refusals of acknowledgements that named no dispatch.
    fileprivate mutating func addAnswers(from database: DispatchDatabase) throws(StoreError) -> [Refusals] {
        struct Customership: Hashable {
            let incident: Incident.Number
            let customer: Customer.ID
        }
        var positions: [Customership: Int] = [:]
        positions.reserveCapacity(participants.count)
        for (position, participant) in participants.enumerated() {
            positions[Customership(incident: participant.incident, customer: participant.customer)] = position
        }
        let names = try database.readCustomerNames()
        // A customer signs all answers with the same words.
        var signatures: [Customer.ID: (by: String, words: String)] = [:]
        var events: [(participant: Int, event: TrailEvent)] = []
        try database.forEachAcknowledgement { incident, customer, modification, by, optedOut, isLate in
            guard let position = positions[Customership(incident: incident, customer: customer)] else { return }
            var signature = signatures[customer]
            if signature?.by != by {
                signature = (by, PersonalWords.withoutNameAndID(by, names[customer], customer))
                signatures[customer] = signature
            }
            let answer = Answer(
                modification: modification,
                isDeclined: optedOut,
                isLate: isLate,
                by: signature?.words ?? by
            )
            events.append((position, .answered(answer)))
        }
        for (incident, customers) in try database.readToldOfCancellation().sorted(by: { $0.key < $1.key }) {
            for customer in customers.sorted() {
                if let position = positions[Customership(incident: incident, customer: customer)] {
                    events.append((position, .toldOfCancellation))
                }
            }
        }
        var strays: [String: Int] = [:]
        for refusal in try database.readRefusedAcknowledgements() {
            let position = refusal.key.flatMap {
                positions[Customership(incident: $0.incident, customer: $0.customer)]
            }
            if let position {
                events.append((position, .refused(rule: refusal.rule)))
            } else {
                strays[refusal.rule, default: 0] += 1
            }
        }
        for (position, event) in events { add(event, toParticipant: position) }
        return strays.sorted { $0.key < $1.key }.map { Refusals(rule: $0.key, count: $0.value) }
    }

    /// The words of each modification, in the builder's order.
    fileprivate func messages(
        from database: DispatchDatabase,
        _ incidents: [Incident],
        _ programs: [Program]
    ) throws(StoreError) -> [Message] {
        let templates = Dictionary(programs.map { ($0.id, $0.messageTemplate ?? "") }) { first, _ in first }
        let incidents = Dictionary(incidents.map { ($0.number, $0) }) { first, _ in first }
        var kinds: [Words: Int] = [:]
        for (words, _) in words { kinds[Self.ofAll(words), default: 0] += 1 }
        let latest = words.filter { records[$0.record].modification == $0.words.modification }
        let texts = try database.readMessages(of: latest.map { records[$0.record].key })
        let names = try database.readCustomerNames()
        var known: [Words: String] = [:]
        for (entry, text) in zip(latest, texts) { known[entry.words] = text }
        return words.map { entry in
            let incident = incidents[entry.words.incident]
            let isPersonal =
                (kinds[Self.ofAll(entry.words)] ?? 0) > 1
                || incident.map { templates[$0.program]?.contains("{customer}") ?? false } ?? false
            guard var text = known[entry.words] else { return isPersonal ? .personal : .digest(entry.words.digest) }
            if !isTimed, let period = incident?.period {
                text = PersonalWords.withoutPeriod(text, period)
            }
            return .words(
                isPersonal ? PersonalWords.withoutName(text, names[records[entry.record].key.customer]) : text
            )
        }
    }

    private static func ofAll(_ words: Words) -> Words {
        Words(incident: words.incident, modification: words.modification, digest: 0)
    }
}
