internal import Base
internal import DemandResponse
internal import Scenarios

/// How the carriers treated the messages of a day.
struct RecordedCarriers {
    private struct Treatment {
        let message: MessageLife.Key
        let program: Program.ID
        let attempt: Int
        let carrier: Carrier
        /// Whether all attempts of the message fared like this one.
        var isUniform = true
        var isLast = false
    }

    /// Two exceptions that differ only in whom they are for are one.
    private struct Case: Hashable {
        var incident: String?
        var modification: Int?
        var notice: CarrierException.Notice?
        var attempt: Int?
        var carrier: Carrier
    }

    private let day: RecordedDay
    private var treatments: [DispatchMethod: [Treatment]] = [:]
    /// When a carrier brought a dispatch, to each customer, in the run that is to come.
    private(set) var arrivals: [AnswerKey: Timestamp] = [:]

    /// What a customer may answer.
    struct AnswerKey: Hashable {
        var incident: Incident.Number
        var customer: Customer.ID
        var modification: Int
    }

    init(_ day: RecordedDay) {
        self.day = day
        for message in day.life.messages where day.isRecorded(message.key.dispatch.incident) { add(message) }
    }

    var carriers: [DispatchMethod: Carrier] {
        var carriers: [DispatchMethod: Carrier] = [:]
        for method in DispatchMethod.allCases {
            guard let treatments = treatments[method] else { continue }
            let standard = treatments.filter(\.isLast).map(\.carrier).mostFrequent ?? Carrier()
            var carrier = standard
            var cases = Grouping<Case, Customer.ID>()
            for treatment in treatments where treatment.carrier != standard {
                cases.add(treatment.message.dispatch.customer, to: kind(of: treatment))
            }
            carrier.exceptions = cases.groups.map { what, customers in
                CarrierException(
                    of: CustomerSelector(customers, among: day.roster),
                    incident: what.incident,
                    modification: what.modification,
                    notice: what.notice,
                    attempt: what.attempt,
                    carrier: what.carrier
                )
            }
            if carrier != Carrier() { carriers[method] = carrier }
        }
        return carriers
    }

    /// Distributions in place of each message's own time, where there are many.
    var fittedCarriers: [DispatchMethod: Carrier] {
        var carriers = carriers
        for method in DispatchMethod.allCases {
            let all = (treatments[method] ?? []).map(\.carrier)
            let delays = all.filter { $0.fails == .none }.compactMap(\.delay.constant)
            guard all.count >= Fit.fewest, let delay = Fit.lognormal(delays) else { continue }
            let failures = all.filter { $0.fails == .all }
            carriers[method] = Carrier(
                delay: delay,
                fails: Share(failures.count, of: all.count),
                failureKind: failures.map(\.failureKind).mostFrequent ?? .temporary
            )
        }
        return carriers
    }

    private mutating func add(_ message: MessageLife) {
        let dispatch = message.key.dispatch
        guard let method = dispatch.method, let incident = day.life.incident(dispatch.incident) else { return }
        let customer = day.roster.customer(dispatch.customer)
        let retries = RetryPolicy().adjusted(by: day.roster.program(incident.request.program)?.retries)
        var previous: (number: Int, failedAt: Timestamp)?
        var fared: [Treatment] = []
        for attempt in message.attempts {
            let handedOutAt =
                previous.flatMap {
                    retries.nextAttempt(
                        after: $0.number,
                        at: $0.failedAt,
                        of: incident.incident(after: message.key.modification)
                    )
                } ?? attempt.handedOutAt
            let carrier = carrier(attempt, handedOutAt: handedOutAt, method, customer)
            previous = (attempt.number, attempt.ending?.at ?? handedOutAt + retries.reportWithin)
            fared.append(
                Treatment(
                    message: message.key,
                    program: incident.request.program,
                    attempt: attempt.number,
                    carrier: carrier
                )
            )
            guard message.key.kind == .dispatch, carrier.fails == .none, let delay = carrier.delay.constant else {
                continue
            }
            let key = AnswerKey(
                incident: dispatch.incident,
                customer: dispatch.customer,
                modification: message.key.modification
            )
            let arrival = handedOutAt + delay
            arrivals[key] = arrivals[key].map { min($0, arrival) } ?? arrival
        }
        let isUniform = fared.allSatisfy { $0.carrier == fared.first?.carrier }
        for index in fared.indices {
            fared[index].isUniform = isUniform
            fared[index].isLast = index == fared.count - 1
        }
        treatments[method, default: []] += fared
    }

    /// A failure for good that is told sooner was known at once: nothing depends on when it was told.
    private static let atOnce = Span.seconds(1)

    private func carrier(
        _ attempt: MessageLife.Attempt,
        handedOutAt: Timestamp,
        _ method: DispatchMethod,
        _ customer: Customer?
    ) -> Carrier {
        func delay(_ instant: Timestamp) -> Distribution { .constant(max(.zero, instant - handedOutAt)) }
        guard let ending = attempt.ending else {
            return attempt.takenAt.map { Carrier(delay: delay($0), reports: .acceptance) }
                ?? Carrier(reports: .nothing)
        }
        switch ending.outcome {
        case .sent, .delivered: return Carrier(delay: delay(ending.at))
        case .failedForNow(let reason):
            return Carrier(
                delay: delay(ending.at),
                fails: .all,
                reason: day.names.reason(reason, method, customer)
            )
        case .unknown(let reason):
            return Carrier(
                delay: delay(ending.at),
                fails: .all,
                failureKind: .unknown,
                reason: day.names.reason(reason, method, customer)
            )
        case .failedForGood(let reason):
            return Carrier(
                delay: ending.at - handedOutAt < Self.atOnce ? .none : delay(ending.at),
                fails: .all,
                failureKind: .permanent,
                reason: day.names.reason(reason, method, customer)
            )
        }
    }

    /// What has to be said of a treatment so that no other message is meant.
    private func kind(of treatment: Treatment) -> Case {
        let incident = day.life.incident(treatment.message.dispatch.incident)
        let isOnly = day.incidents(of: treatment.program).count == 1
        return Case(
            incident: isOnly ? nil : incident.map { day.name(of: $0.request.id) },
            modification: incident?.isModified ?? false ? treatment.message.modification : nil,
            notice: incident?.closing == nil ? nil : CarrierException.Notice(treatment.message.kind),
            attempt: treatment.isUniform ? nil : treatment.attempt,
            carrier: treatment.carrier
        )
    }
}

extension Distribution {
    var constant: Span? {
        if case .constant(let span) = self { return span }
        return nil
    }
}
