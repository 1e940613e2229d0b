internal import Base
internal import DemandResponse
internal import DispatchStore
internal import Measures

/// Customers who are alike: of one program, reached by the same channels, and numbered under one name as `Site 1`, `Site 2`.
struct CustomerGroups {
    struct Group {
        var name: String
        var channels: String
        var counts = Counts()
        fileprivate var deliveries: [Span] = []
        fileprivate var undelivered = 0
        fileprivate var answers: [Span] = []

        init(name: String, channels: String) {
            self.name = name
            self.channels = channels
        }

        var delivery: LatencySummary { LatencySummary(Population(deliveries, endless: undelivered)) }
        var answer: LatencySummary { LatencySummary(Population(answers, endless: counts.unacknowledged)) }
    }

    private struct Kind: Hashable {
        var program: Program.ID
        var name: String
        var channels: UInt8
    }

    /// The largest first.
    let groups: [Group]

    init(_ history: History, names: [Customer.ID: String]) {
        var groups: [Group] = []
        var places: [Kind: Int] = [:]
        var known: [Customer.ID: String] = [:]
        history.forEachParticipation { own in
            guard let record = own.first else { return }
            let key = record.key
            let name = known[key.customer] ?? Self.stem(names[key.customer] ?? "customer \(key.customer)")
            known[key.customer] = name
            let channels = own.reduce(UInt8(0)) { $0 | ($1.key.method.map { 1 << UInt8($0.rawValue) } ?? 0) }
            let kind = Kind(program: record.program, name: name, channels: channels)
            let place = places[kind] ?? groups.count
            if place == groups.count {
                places[kind] = place
                let methods = DispatchMethod.allCases.filter { channels & (1 << UInt8($0.rawValue)) != 0 }
                groups.append(Group(name: name, channels: methods.map(\.name).joined(separator: ", ")))
            }
            groups[place].add(own, of: history)
        }
        self.groups = groups.enumerated()
            .sorted {
                ($1.element.counts.customerIncidents, $0.offset) < ($0.element.counts.customerIncidents, $1.offset)
            }.map(\.element)
    }

    /// What is left of a name without the number at its end; `Site 17` becomes `Site …`.
    private static func stem(_ name: String) -> String {
        let stem = name.reversed().drop { $0.isNumber }
        guard stem.count < name.count, !stem.isEmpty else { return name }
        return String(stem.reversed()) + "…"
    }
}

extension CustomerGroups.Group {
    fileprivate mutating func add(_ records: ArraySlice<History.Record>, of history: History) {
        counts.add(customerIncident: records)
        if let latency = history.acknowledgementLatency(of: records) { answers.append(latency) }
        for record in records {
            let latency = history.deliveryLatency(of: record)
            counts.add(record, isDelivered: latency != nil)
            guard history.canBeDelivered(record) else { continue }
            if let latency { deliveries.append(latency) } else { undelivered += 1 }
        }
    }
}
