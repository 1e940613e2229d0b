internal import Base
internal import DemandResponse

extension Breakdown {
    /// The walk over the records: every record, customer and latency is added to each group that it belongs to.
    ///
    /// Group 0 is the whole; 1 to 5 are the channels, by raw value; programs and incidents follow as they come.
    struct Tally {
        struct Place {
            let number: Incident.Number
            let program: Program.ID
            let group: Int
            let programGroup: Int
        }

        private(set) var groups = Array(repeating: Group(), count: 1 + DispatchMethod.allCases.count)
        private(set) var programs: [Program.ID: Int] = [:]
        private(set) var incidents: [Place] = []
        private var delivery = Samples()
        private var acknowledgement = Samples()
        private var confirmation = Samples()

        init(_ history: History) {
            history.forEachParticipation { own in
                guard let first = own.first else { return }
                if incidents.last?.number != first.key.incident { enter(first.key.incident, of: first.program) }
                for record in own { add(record, history.deliveryLatency(of: record)) }
                addCustomer(own, of: history)
            }
        }

        private mutating func enter(_ number: Incident.Number, of program: Program.ID) {
            let programGroup: Int
            if let known = programs[program] {
                programGroup = known
            } else {
                programGroup = groups.count
                programs[program] = programGroup
                groups.append(Group())
            }
            incidents.append(
                Place(number: number, program: program, group: groups.count, programGroup: programGroup)
            )
            groups.append(Group())
        }

        private mutating func add(_ record: History.Record, _ latency: Span?) {
            count(channels: channel(record)) { group in
                group.dispatches += 1
                if latency != nil { group.delivered += 1 }
                if record.state == .failed { group.failed += 1 }
                group.duplicates += record.duplicates
            }
            if record.key.method != nil { delivery.add(latency, place: incidents.count - 1, channel(record)) }
        }

        private mutating func addCustomer(_ records: ArraySlice<History.Record>, of history: History) {
            guard let first = records.first else { return }
            let channels = records.reduce(0) { $0 | channel($1) }
            let isAcknowledged = first.acknowledgedAt != nil
            let isUndeliverable = records.allSatisfy { $0.state == .unreachable || $0.state == .failed }
            count(channels: channels) { group in
                group.customers += 1
                if isAcknowledged { group.acknowledged += 1 }
                if isAcknowledged && first.isLate { group.late += 1 }
                if isAcknowledged && first.optedOut { group.declined += 1 }
                if isUndeliverable { group.undeliverable += 1 }
            }
            let place = incidents.count - 1
            acknowledgement.add(history.acknowledgementLatency(of: records), place: place, channels)
            if history.isAnswered(records) {
                confirmation.add(history.confirmationLatency(of: records), place: place, channels)
            }
        }

        /// The bit of a record's channel; none for the record of a customer without any.
        private func channel(_ record: History.Record) -> UInt8 {
            record.key.method.map { 1 << UInt8($0.rawValue) } ?? 0
        }

        private mutating func count(channels: UInt8, _ add: (inout Group) -> Void) {
            guard let place = incidents.last else { return }
            add(&groups[0])
            add(&groups[place.group])
            add(&groups[place.programGroup])
            for method in 1...DispatchMethod.allCases.count where channels & (1 << UInt8(method)) != 0 {
                add(&groups[method])
            }
        }

        /// Hands each group its latencies.
        mutating func finish() -> [Group] {
            let delivery = self.delivery.populations(of: groups.count, incidents)
            let acknowledgement = self.acknowledgement.populations(of: groups.count, incidents)
            let confirmation = self.confirmation.populations(of: groups.count, incidents)
            for index in groups.indices {
                groups[index].delivery = delivery[index]
                groups[index].acknowledgement = acknowledgement[index]
                groups[index].confirmation = confirmation[index]
            }
            return groups
        }
    }
}
