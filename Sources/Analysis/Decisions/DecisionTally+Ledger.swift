public import Base
public import DemandResponse

/// What a script calls an incident that it asked for.
public struct NamedRequest: Sendable {
    /// `nil`: it was refused before the rules heard of it.
    public var id: UniqueID?
    public var name: String
    /// The code of what refused it.
    public var refusal: String?

    public init(id: UniqueID?, name: String, refusal: String? = nil) {
        self.id = id
        self.name = name
        self.refusal = refusal
    }
}

extension DecisionTally {
    /// What all that was added comes to.
    /// - Parameters:
    ///   - names: of incidents, by the ids under which they were asked for; others go by their number.
    ///   - text: the words of a record's message by their digest, where the rules of this build would use others.
    public func ledger(
        scenario: String,
        seed: UInt64,
        names: [NamedRequest],
        text: (DispatchKey, Int64) -> String? = { _, _ in nil }
    ) -> Ledger {
        var tally = self
        let strays = tally.addRefusedAnswers()
        let messages = tally.messages(text)
        let groups = tally.groups(messages)
        var ledger = Ledger(scenario: scenario, seed: seed)
        ledger.own = strays.sorted { $0.key < $1.key }.map {
            Decision(.own("answers refused of nobody, \($0.key)"), ["\($0.value)"])
        }
        var rest = tally.books.indices.map(\.self)
        for name in names {
            if let index = rest.first(where: { tally.books[$0].id == name.id }) {
                rest.removeAll { $0 == index }
                ledger.incidents.append(tally.decisions(of: index, name.name, messages, groups))
            } else if let refusal = name.refusal {
                let own = [Decision(.own("opened, refused"), [refusal])]
                ledger.incidents.append(IncidentDecisions(name: name.name, own: own))
            }
        }
        for (number, index) in rest.enumerated() {
            let name = tally.books[index].number.map { "incident \($0)" } ?? "request \(number + 1)"
            ledger.incidents.append(tally.decisions(of: index, name, messages, groups))
        }
        return ledger
    }

    /// The id under which an incident was asked for.
    public func id(of number: Incident.Number) -> UniqueID? { books.first { $0.number == number }?.id }

    /// Incidents that were only ever refused, in order: the id, what was tried and the rule.
    public var refusedRequests: [(id: UniqueID, rule: String)] {
        books.filter { $0.number == nil }.flatMap { book in
            book.steps.compactMap { step in step.refusal.map { (book.id, $0) } }
        }
    }

    private func decisions(
        of index: Int,
        _ name: String,
        _ messages: Messages,
        _ groups: [Int: [IncidentDecisions.Group]]
    ) -> IncidentDecisions {
        let book = books[index]
        let own = own(book) + leftOut(book) + messages.own[index, default: []] + observed(book)
        return IncidentDecisions(name: name, own: own, groups: groups[index] ?? [])
    }

    // MARK: What concerns no single customer

    private func own(_ book: Book) -> [Decision] {
        var decisions: [Decision] = []
        let opening = book.steps.first { $0.refusal == nil }
        if let request = book.request, opening != nil { decisions += rules(of: request, book) }
        var number = 0
        for step in book.steps {
            var name = step.kind.rawValue
            if step.kind == .modified, step.refusal == nil {
                number += 1
                name = "change \(number)"
            }
            if step.refusal != nil { name += ", refused" }
            var clauses = isTimed ? [text(step.at, (step.asked ?? book.request)?.program ?? 0)] : []
            if let refusal = step.refusal { clauses.append(refusal) }
            if let lifted = step.lifted { clauses.append(lifted) }
            if let asked = step.asked { clauses += Self.words(asked, self) }
            clauses += isTimed ? step.changes : []
            let same = decisions.count { $0.subject == .own(name) || $0.subject.text.hasPrefix("\(name) (") }
            if clauses.isEmpty { clauses = ["as the script wanted"] }
            decisions.append(Decision(.own(same == 0 ? name : "\(name) (\(same + 1))"), clauses))
        }
        return decisions
    }

    private func leftOut(_ book: Book) -> [Decision] {
        book.leftOut.sorted { $0.key < $1.key }.map { reason, customers in
            Decision(
                .own("left out, \(reason)"),
                [
                    Units.plural(customers.count, "customer"),
                    CustomerSet(ascending: customers).lines.joined(separator: " "),
                ]
            )
        }
    }

    private func rules(of request: IncidentRequest, _ book: Book) -> [Decision] {
        let program = roster.program(request.program)
        let within = program?.acknowledgeWithin.map { "answers are in time within \(Units.round($0))" }
        var kind = [request.eventType]
        if request.isTest { kind.append("a drill") }
        if isTimed { kind.append(period(book.periods.first ?? request.period, request.program)) }
        return [
            Decision(
                .own("program"),
                ["\(request.program)\(program.map { " \($0.name)" } ?? ", which the roster no longer has")"]
                    + Self.groups(request)
                    + (program.map { [$0.timeZone] } ?? []) + [within ?? "answers are in time until the end"]
                    + (program?.retries.map { [Self.words($0)] } ?? [])
            ),
            Decision(.own("event"), kind),
        ]
    }

    private func period(_ period: Incident.Period, _ program: Program.ID) -> String {
        "\(text(period.start, program)) to \(end(period.end, program))"
    }

    private static func words(_ asked: IncidentRequest, _ tally: DecisionTally) -> [String] {
        let name = tally.roster.program(asked.program).map { " \($0.name)" } ?? ""
        return ["program \(asked.program)\(name)"] + groups(asked) + [asked.eventType]
            + (tally.isTimed ? [tally.period(asked.period, asked.program)] : [])
    }

    /// `tried again at most 5 times, after 30 s at first, after 600 s at most`
    private static func words(_ retries: Retries) -> String {
        let times = retries.times.map {
            $0 == 0 ? "not tried again" : "tried again at most \(Units.plural($0, "time"))"
        }
        let first = retries.first.map { "after \(seconds($0)) at first" }
        let longest = retries.atMost.map { "after \(seconds($0)) at most" }
        return [times ?? "tried again", first, longest].compactMap(\.self).joined(separator: ", ")
    }

    private static func groups(_ request: IncidentRequest) -> [String] {
        guard !request.groups.isEmpty else { return [] }
        return [(request.groups.count == 1 ? "group " : "groups ") + request.groups.joined(separator: ", ")]
    }

    private func observed(_ book: Book) -> [Decision] {
        guard !book.observed.isEmpty else { return [] }
        return [
            Decision(
                .own("observers were told of"),
                book.observed.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }
            )
        ]
    }

    // MARK: Customers

    /// Customers of each incident by what was decided for them, in the ledger's order.
    private func groups(_ messages: Messages) -> [Int: [IncidentDecisions.Group]] {
        struct Trail: Hashable {
            var places: [TrailTree.Place]
        }
        var customers: [Int: [Trail: [Customer.ID]]] = [:]
        for participant in participants {
            let trail = Trail(places: records[participant.records].map(\.place) + [participant.answers])
            customers[participant.book, default: [:]][trail, default: []].append(participant.customer)
        }
        return customers.mapValues { trails in
            // Different trails may have come to the same.
            var decided: [[Decision]: [Customer.ID]] = [:]
            for (trail, ids) in trails { decided[decisions(trail.places, messages), default: []] += ids }
            return IncidentDecisions.Group.ordered(
                decided.map { decisions, ids in
                    let names = ids.count > 3 ? [] : ids.sorted().map { roster.customer($0)?.name ?? "" }
                    return IncidentDecisions.Group(
                        customers: CustomerSet(ascending: ids.sorted()),
                        names: names,
                        decisions: decisions
                    )
                }
            )
        }
    }

    private func decisions(_ places: [TrailTree.Place], _ messages: Messages) -> [Decision] {
        let all = places.flatMap { tree.events(to: $0).decisions { messages.names[$0] } }
        return all.enumerated().sorted { ($0.element.subject.order, $0.offset) < ($1.element.subject.order, $1.offset) }
            .map(\.element)
    }

    /// - Returns: how many answers named no dispatch, by the rule that refused them.
    private mutating func addRefusedAnswers() -> [String: Int] {
        var strays: [String: Int] = [:]
        guard !refusedAnswers.isEmpty else { return [:] }
        let wanted = Set(refusedAnswers.compactMap(\.dispatch))
        var named: [UniqueID: Int] = [:]
        for record in records {
            let id = record.key.id(incident: books[participants[record.participant].book].id)
            if wanted.contains(id) { named[id] = record.participant }
        }
        for (dispatch, rule) in refusedAnswers {
            if let participant = dispatch.flatMap({ named[$0] }) {
                add(.refused(rule: rule), toParticipant: participant)
            } else {
                strays[rule, default: 0] += 1
            }
        }
        return strays
    }

    // MARK: Messages

    private struct Messages {
        /// How notices call the words at each place of the tally's, where they are not those of all.
        var names: [String?] = []
        /// By the incident: all words in full.
        var own: [Int: [Decision]] = [:]
    }

    private func messages(_ known: (DispatchKey, Int64) -> String?) -> Messages {
        struct Occasion: Hashable {
            let book: Int
            let modification: Int
            let kind: Outgoing.Kind
        }
        let occasions = words.map {
            Occasion(book: $0.words.book, modification: $0.words.modification, kind: $0.words.kind)
        }
        let kinds = Dictionary(occasions.map { ($0, 1) }, uniquingKeysWith: +)
        var texts: [Occasion: [String]] = [:]
        var messages = Messages()
        for (entry, occasion) in zip(words, occasions) {
            let text = text(entry.words, entry.record, isPersonal: (kinds[occasion] ?? 0) > 1, known)
            let number = texts[occasion]?.firstIndex(of: text) ?? texts[occasion]?.count ?? 0
            if number == texts[occasion]?.count ?? 0 {
                texts[occasion, default: []].append(text)
                let name =
                    Decision.Subject.change(occasion.modification)
                    + (occasion.kind == .dispatch ? "message" : occasion.kind.rawValue)
                let subject = Decision.Subject.own(number == 0 ? name : "\(name) \(number + 1)")
                messages.own[occasion.book, default: []].append(Decision(subject, [text]))
            }
            messages.names.append(number == 0 ? nil : "message \(number + 1)")
        }
        return messages
    }

    private func text(
        _ words: Words,
        _ record: Int,
        isPersonal: Bool,
        _ known: (DispatchKey, Int64) -> String?
    ) -> String {
        let key = records[record].key
        let customer = roster.customer(key.customer)
        var wording: Wording?
        if let request = books[words.book].request, books[words.book].periods.indices.contains(words.modification),
            let program = roster.program(request.program)
        {
            wording = Wording(
                program: program,
                incident: request.incident(books[words.book].periods[words.modification])
            )
        }
        let rules = wording.map { Outgoing.text(words.kind, of: $0.message(for: customer?.name ?? "")) }
        let isOurs = rules.map { contentDigest(of: $0) == words.digest } ?? false
        guard var text = isOurs ? rules : known(key, words.digest) else {
            return isPersonal
                ? "words of each customer's own, which are no longer known"
                : "words that are no longer known, with the digest \(UInt64(bitPattern: words.digest))"
        }
        if !isTimed, let period = books[words.book].request?.period { text = PersonalWords.withoutPeriod(text, period) }
        return isPersonal || wording?.namesCustomer ?? false ? PersonalWords.withoutName(text, customer?.name) : text
    }
}

extension IncidentRequest {
    /// As its words know it.
    fileprivate func incident(_ period: Incident.Period) -> Incident {
        Incident(
            number: 0,
            id: id,
            correlation: correlation,
            program: program,
            groups: groups,
            eventType: eventType,
            period: period,
            isTest: isTest,
            createdAt: period.start
        )
    }
}

extension Decision.Subject {
    /// Notices by modification first, then answers, the news of a cancellation or recall, refusals.
    fileprivate var order: Int {
        switch self {
        case .notice(let modification, _): modification
        case .answer: 1 << 40
        case .closing: 1 << 41
        case .refusals, .own: 1 << 42
        }
    }
}
