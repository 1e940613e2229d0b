internal import Base
internal import DemandResponse
public import DispatchStore
public import Journal

extension Ledger {
    /// Derives the ledger of a run from its record.
    /// - Parameters:
    ///   - asLive: leaves times out, so that the ledger can be compared with that of a live run.
    ///   - tally: of all facts of the record, where it was made while they were recorded; `nil`: they are read.
    public init(record: RunRecord, asLive: Bool = false, tally: DecisionTally? = nil) throws(StoreError) {
        guard let header = try record.readRun() else {
            throw StoreError(.failed, path: record.path, "this is a server's database, not the record of a run")
        }
        var facts: DecisionTally
        if let tally {
            facts = tally
        } else {
            facts = DecisionTally(isTimed: header.world == .virtual && !asLive, roster: try record.readRoster())
            try record.forEachFact { facts.add($0) }
        }
        try facts.addWhatTablesTell(record)
        self = try facts.ledger(of: record, header, names: facts.names(try record.readScript()))
    }
}

extension DecisionTally {
    /// What clients saw, and the times at which messages were taken: the journal's rows say neither.
    public mutating func addWhatTablesTell(_ record: RunRecord) throws(StoreError) {
        for closing in Closing.Kind.allCases {
            for (incident, customers) in try record.readTold(of: closing).sorted(by: { $0.key < $1.key }) {
                for customer in customers.sorted() { add(toldOf: closing, customer, of: incident) }
            }
        }
        try record.forEachSentTime { add(sentAt: $1, of: $0) }
    }

    /// - Parameters:
    ///   - header: `nil` for a server's database.
    ///   - messages: words that are in no table of it, by their digests.
    public func ledger(
        of record: RunRecord,
        _ header: RunHeader?,
        names: [NamedRequest],
        messages: [Int64: String] = [:]
    ) throws(StoreError) -> Ledger {
        var failure: StoreError?
        var texts: [Incident.Number: [Int64: String]] = [:]
        let ledger = ledger(scenario: header?.name ?? "", seed: header?.seed ?? 0, names: names) { key, digest in
            if let text = messages[digest] { return text }
            do throws(StoreError) {
                if texts[key.incident] == nil { texts[key.incident] = try record.readMessages(of: key.incident) }
                return texts[key.incident]?[digest]
            } catch {
                failure = error
                return nil
            }
        }
        if let failure { throw failure }
        return ledger
    }

    /// What the script calls the incidents, in its order. One that was refused is the next that was refused for the same rule.
    public func names(_ script: [ScriptStep]) -> [NamedRequest] {
        var refused = refusedRequests
        return script.compactMap { step in
            guard step.kind == .incident else { return nil }
            if let number = step.incident { return NamedRequest(id: id(of: number), name: step.name) }
            guard let refusal = step.refusal else { return nil }
            let place = refused.firstIndex { refusal.contains($0.rule) }
            return NamedRequest(
                id: place.map { refused.remove(at: $0).id },
                name: step.name,
                refusal: Self.rule(refusal)
            )
        }
    }

    /// The code of a refusal, as the rules (`unknown-program: …`) or a server's answer (`{"error":{"code":"…`) tell it.
    private static func rule(_ refusal: String) -> String {
        if let code = refusal.firstMatch(of: /"code"\s*:\s*"([^"]*)"/) { return String(code.1) }
        return String(refusal.prefix { $0 != ":" })
    }
}
