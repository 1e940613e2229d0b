internal import Base
internal import DemandResponse
internal import Journal

/// What operators asked for, and what came of it.
extension DecisionTally {
    mutating func begin(_ kind: JournalKind, _ detail: String?, at now: Timestamp) {
        cause = (kind, detail, nil)
        guard kind.isRequest, kind != .acknowledged else { return }
        cause.request = try? JournalRow(at: now, kind, detail: detail).input(format: JournalFormat.current)
    }

    private mutating func book(of id: UniqueID) -> Int {
        if let known = bookOfID[id] { return known }
        bookOfID[id] = books.count
        books.append(Book(id: id))
        return books.count - 1
    }

    mutating func settle(
        _ number: Incident.Number,
        _ modification: Int,
        _ closing: Closing.Kind?,
        _ lifted: String?,
        at now: Timestamp
    ) {
        let book: Int
        if let known = bookOfNumber[number] {
            book = known
        } else if case .incidentRequested(let request, _) = cause.request {
            book = self.book(of: request.id)
            books[book].request = request
        } else {
            book = books.count
            books.append(Book(id: UniqueID(high: 0, low: UInt64(truncatingIfNeeded: number))))
        }
        bookOfNumber[number] = book
        books[book].number = number
        if let closing {
            books[book].closing = closing
            books[book].steps.append(Step(kind: Step.Kind(closing), at: now))
            return
        }
        books[book].announcedAt = now
        var step = Step(kind: modification == 0 ? .opened : .modified, at: now)
        if lifted != books[book].lifted { step.lifted = lifted }
        books[book].lifted = lifted
        if case .incidentChanged(let change, _) = cause.request, let old = books[book].request {
            books[book].request?.period = change.applied(to: old.period)
            books[book].request?.eventType = change.eventType ?? old.eventType
            if let new = books[book].request { step.changes = changes(from: old, to: new) }
        }
        if let request = books[book].request { books[book].periods.append(request.period) }
        books[book].steps.append(step)
    }

    private func changes(from old: IncidentRequest, to new: IncidentRequest) -> [String] {
        var changes: [String] = []
        if old.period.start != new.period.start {
            changes.append(
                "start from \(text(old.period.start, new.program)) to \(text(new.period.start, new.program))"
            )
        }
        if old.period.end != new.period.end {
            let (was, now) = (old.period.end, new.period.end)
            changes.append("end from \(end(was, new.program)) to \(end(now, new.program))")
        }
        if old.eventType != new.eventType { changes.append("event type from \(old.eventType) to \(new.eventType)") }
        return changes
    }

    mutating func refuse(_ rule: String, at now: Timestamp) {
        switch cause.request {
        case .incidentRequested(let request, _):
            let book = book(of: request.id)
            books[book].steps.append(Step(kind: .opened, at: now, refusal: rule, asked: request))
        case .incidentChanged(let change, _):
            let book = book(of: change.id)
            var step = Step(kind: .modified, at: now, refusal: rule)
            if var asked = books[book].request {
                let old = asked
                asked.period = change.applied(to: old.period)
                asked.eventType = change.eventType ?? old.eventType
                step.changes = changes(from: old, to: asked)
            }
            books[book].steps.append(step)
        case .incidentCancelled(let id, _): refuse(.cancellation, of: id, rule, at: now)
        case .incidentRecalled(let id, _): refuse(.recall, of: id, rule, at: now)
        default:
            guard cause.kind == .acknowledged else { return }
            let named = Substring((cause.detail ?? "").utf8.prefix { $0 != UInt8(ascii: " ") })
            refusedAnswers.append((UniqueID(String(named)), rule))
        }
    }

    private mutating func refuse(_ closing: Closing.Kind, of id: UniqueID, _ rule: String, at now: Timestamp) {
        let book = book(of: id)
        books[book].steps.append(Step(kind: Step.Kind(closing), at: now, refusal: rule))
    }

    /// Local time of a program, with its offset.
    func text(_ instant: Timestamp, _ program: Program.ID) -> String {
        instant.iso8601(zone: roster.program(program)?.timeZone ?? "UTC")
    }

    func end(_ instant: Timestamp?, _ program: Program.ID) -> String {
        instant.map { text($0, program) } ?? "further notice"
    }
}

extension DecisionTally.Step.Kind {
    fileprivate init(_ closing: Closing.Kind) {
        self =
            switch closing {
            case .cancellation: .cancelled
            case .recall: .recalled
            }
    }
}
