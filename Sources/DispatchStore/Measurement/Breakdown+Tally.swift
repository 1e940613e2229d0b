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
        /// In which groups a customer has been counted.
        private struct Known {
            var programGroups: [Int] = []
            var channels: UInt8 = 0
        }

        private var customers: [Customer.ID: Known] = [:]
        private var delivery = Samples()
        private var acknowledgement = Samples()
        private var confirmation = Samples()

        init(_ history: History) {
            history.forEachParticipation { own in
                guard let first = own.first else { return }
                if incidents.last?.number != first.key.incident { enter(first.key.incident, of: first.program) }
                for record in own {
                    add(record, history.deliveryLatency(of: record), isMeasured: history.canBeDelivered(record))
                }
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

        private mutating func add(_ record: History.Record, _ latency: Span?, isMeasured: Bool) {
            count(channels: channel(record)) { $0.add(record, isDelivered: latency != nil) }
            if isMeasured { delivery.add(latency, place: incidents.count - 1, channel(record)) }
        }

        private mutating func addCustomer(_ records: ArraySlice<History.Record>, of history: History) {
            guard let first = records.first else { return }
            let channels = records.reduce(0) { $0 | channel($1) }
            count(channels: channels) { $0.add(customerIncident: records) }
            countCustomer(first.key.customer, channels)
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

        private mutating func count(channels: UInt8, _ add: (inout Counts) -> Void) {
            guard let place = incidents.last else { return }
            for group in [0, place.group, place.programGroup] { add(&groups[group].counts) }
            for method in methods(channels) { add(&groups[method].counts) }
        }

        /// Each group counts a customer once.
        private mutating func countCustomer(_ customer: Customer.ID, _ channels: UInt8) {
            guard let place = incidents.last else { return }
            groups[place.group].counts.customers += 1
            var known = customers[customer] ?? Known()
            if known.programGroups.isEmpty { groups[0].counts.customers += 1 }
            if !known.programGroups.contains(place.programGroup) {
                known.programGroups.append(place.programGroup)
                groups[place.programGroup].counts.customers += 1
            }
            for method in methods(channels & ~known.channels) { groups[method].counts.customers += 1 }
            known.channels |= channels
            customers[customer] = known
        }

        /// The channels of which the bits are set, by raw value.
        private func methods(_ channels: UInt8) -> some Sequence<Int> {
            (1...DispatchMethod.allCases.count).lazy.filter { channels & (1 << UInt8($0)) != 0 }
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
