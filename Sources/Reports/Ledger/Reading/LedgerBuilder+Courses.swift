internal import DemandResponse

extension LedgerBuilder {
    /// Customers of each incident by what was decided for them, in the ledger's order.
    func groups(_ messages: [Message]) -> [Incident.Number: [IncidentDecisions.Group]] {
        struct Trail: Hashable {
            var places: [TrailTree.Place]
        }
        var customers: [Incident.Number: [Trail: [Customer.ID]]] = [:]
        for participant in participants {
            let trail = Trail(places: records[participant.records].map(\.place) + [participant.answers])
            customers[participant.incident, default: [:]][trail, default: []].append(participant.customer)
        }
        return customers.mapValues { trails in
            // Different trails may have come to the same.
            var courses: [Course: [Customer.ID]] = [:]
            for (trail, ids) in trails { courses[course(trail.places, messages), default: []] += ids }
            let groups = courses.map {
                IncidentDecisions.Group(customers: CustomerSet(ascending: $0.value.sorted()), course: $0.key)
            }
            return IncidentDecisions.Group.ordered(groups)
        }
    }

    private func course(_ places: [TrailTree.Place], _ messages: [Message]) -> Course {
        var course = Course()
        for place in places { add(tree.events(to: place), messages, to: &course) }
        let order = course.notices.enumerated().sorted { a, b in
            (a.element.modification, a.offset) < (b.element.modification, b.offset)
        }
        course.notices = order.map(\.element)
        course.refusals.sort { $0.rule < $1.rule }
        return course
    }

    private func add(_ events: [TrailEvent], _ messages: [Message], to course: inout Course) {
        var notice: Notice?
        var cancellation: Outcome?
        func keep(_ course: inout Course) {
            guard let notice else { return }
            course.notices.append(notice)
        }
        for event in events {
            switch event {
            case .noticed(let method, let modification, let words):
                keep(&course)
                notice = Notice(modification: modification, method: method, message: messages[words])
            case .handed(let sending): notice?.sendings.append(sending)
            case .became(let outcome): notice?.outcome = outcome
            case .repeated: notice?.repeats += 1
            case .cancellation(let outcome): cancellation = outcome
            case .answered(let answer): course.answers.append(answer)
            case .toldOfCancellation:
                course.cancellations.append(Cancellation(method: .websocket, outcome: .taken))
            case .refused(let rule): course.refuse(rule)
            }
        }
        keep(&course)
        if let cancellation, let method = notice?.method {
            course.cancellations.append(Cancellation(method: method, outcome: cancellation))
        }
    }
}

extension Course {
    fileprivate mutating func refuse(_ rule: String) {
        if let index = refusals.firstIndex(where: { $0.rule == rule }) {
            refusals[index].count += 1
        } else {
            refusals.append(Refusals(rule: rule, count: 1))
        }
    }
}

extension IncidentDecisions.Group {
    /// Ascending by their first customers; the largest, if it is a long list, is the last.
    static func ordered(_ groups: [Self]) -> [Self] {
        var groups = groups.sorted { ($0.customers.first ?? 0) < ($1.customers.first ?? 0) }
        let largest = groups.indices.max { a, b in
            (groups[a].customers.count, -a) < (groups[b].customers.count, -b)
        }
        if let largest, groups[largest].customers.isLong { groups.append(groups.remove(at: largest)) }
        return groups
    }
}
