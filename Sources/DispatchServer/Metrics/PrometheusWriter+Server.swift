internal import Base
internal import DemandResponse
internal import Journal

extension PrometheusWriter {
    /// Everything that was counted since the server started.
    mutating func write(_ counts: ServerMetrics.Counts) {
        let inputs = counts.inputs.map { ($0.key.name.replacing(".", with: "_"), $0.value) }
        counter(
            "griddrill_inputs_total",
            "Inputs that were handled and committed, by kind.",
            "kind",
            Dictionary(uniqueKeysWithValues: inputs)
        )
        let dispatches = counts.dispatches.map { ($0.key?.name ?? "none", $0.value) }
        counter(
            "griddrill_dispatches_total",
            "Dispatch records that were made or renewed, by channel.",
            "channel",
            Dictionary(uniqueKeysWithValues: dispatches)
        )
        family("griddrill_deliveries_total", .counter, "Deliveries that got through or failed for good, by channel.")
        for (method, outcomes) in counts.deliveries.sorted(by: { $0.key < $1.key }) {
            for hasBeenSent in [true, false] {
                let labels = [("channel", method.name), ("outcome", hasBeenSent ? "sent" : "failed")]
                sample("griddrill_deliveries_total", labels, outcomes[hasBeenSent] ?? 0)
            }
        }
        writeAttempts(counts)
        counter(
            "griddrill_acknowledgements_total",
            "First answers of customers to a dispatch.",
            counts.acknowledgements
        )
        counter("griddrill_changes_of_mind_total", "Answers that contradicted an earlier one.", counts.changesOfMind)
        counter("griddrill_declines_total", "Answers that opted out.", counts.declines)
        counter(
            "griddrill_withdrawals_total",
            "Answers that opted out after the start, after opting in.",
            counts.withdrawals
        )
        counter("griddrill_late_answers_total", "Answers after the deadline or the end.", counts.lateAnswers)
        counter("griddrill_refusals_total", "What the rules refused, by code.", "code", counts.refusals)
        counter(
            "griddrill_limit_refusals_total",
            "Incidents and changes that rules of their program refused, by rule.",
            "rule",
            counts.brokenLimits
        )
        counter(
            "griddrill_left_out_total",
            "Customers whom an incident would have called, and did not, by reason.",
            "reason",
            counts.leftOut
        )
        counter("griddrill_failed_commits_total", "Transactions that the database refused.", counts.failedCommits)
        family("griddrill_limited_total", .counter, "Requests, events and connections that met a limit, by limit.")
        for excess in Excess.allCases {
            sample("griddrill_limited_total", [("limit", excess.rawValue)], counts.excesses[excess] ?? 0)
        }
        family("griddrill_read_only", .gauge, "1 while the database takes no transaction.")
        sample("griddrill_read_only", [], counts.readOnly == nil ? 0 : 1)
        histograms(
            "griddrill_sending_latency_seconds",
            "From the commit of a dispatch to its channel's having taken it.",
            counts.sendingLatency
        )
        histograms(
            "griddrill_delivery_latency_seconds",
            "From the commit of a dispatch to the carrier's report that it came through; there is none by websocket.",
            counts.deliveryLatency
        )
        family(
            "griddrill_acknowledgement_latency_seconds",
            .histogram,
            "From the commit of a dispatch to the commit of its answer."
        )
        histogram("griddrill_acknowledgement_latency_seconds", [], counts.acknowledgementLatency)
        family(
            "griddrill_confirmation_latency_seconds",
            .histogram,
            "The server's part of it: from an acknowledgement's arrival to its commit."
        )
        histogram("griddrill_confirmation_latency_seconds", [], counts.confirmationLatency)
        family(
            "griddrill_dispatch_lag_seconds",
            .histogram,
            "The server's part of it: from the arrival of a request for an incident to its commit."
        )
        histogram("griddrill_dispatch_lag_seconds", [], counts.dispatchLag)
        family("griddrill_commit_seconds", .histogram, "From the taking of what waited to its being on the disk.")
        histogram("griddrill_commit_seconds", [], counts.commitLatency)
    }

    private mutating func writeAttempts(_ counts: ServerMetrics.Counts) {
        counter(
            "griddrill_attempts_total",
            "Messages that were handed to a carrier, each attempt once, by channel.",
            "channel",
            counts.attempts.named
        )
        counter(
            "griddrill_maybe_twice_total",
            "Of these attempts, those at a message that may have arrived before, by channel.",
            "channel",
            counts.repeats.named
        )
        family("griddrill_attempt_outcomes_total", .counter, "What carriers told of their attempts, by channel.")
        for (method, outcomes) in counts.outcomes.sorted(by: { $0.key < $1.key }) {
            for (outcome, count) in outcomes.sorted(by: { $0.key < $1.key }) {
                let labels = [("channel", method.name), ("outcome", outcome)]
                sample("griddrill_attempt_outcomes_total", labels, count)
            }
        }
    }

    /// How carriers get on now, by method.
    mutating func write(_ conditions: [(method: DispatchMethod, condition: ChannelCondition)], at now: Timestamp) {
        guard !conditions.isEmpty else { return }
        func gauge(_ name: String, _ help: String, _ value: (ChannelCondition) -> Int) {
            family(name, .gauge, help)
            for (method, condition) in conditions { sample(name, [("channel", method.name)], value(condition)) }
        }
        gauge("griddrill_carrier_up", "0 while the carrier cannot be reached.") { $0.down == nil ? 1 : 0 }
        gauge("griddrill_carrier_waiting", "Messages that wait for the carrier.") { $0.waiting }
        gauge("griddrill_carrier_capacity", "Messages that may wait for it; more are put off.") { $0.mostWaiting }
        gauge("griddrill_carrier_under_way", "Messages that it is being given.") { $0.underWay }
        gauge("griddrill_carrier_oldest_seconds", "For how long the oldest of those that wait has waited.") {
            Int($0.oldestSince.map { max(0, (now - $0).seconds) } ?? 0)
        }
    }

    private mutating func histograms(_ name: String, _ help: String, _ values: [DispatchMethod: Histogram]) {
        family(name, .histogram, help)
        for (method, histogram) in values.sorted(by: { $0.key < $1.key }) {
            self.histogram(name, [("channel", method.name)], histogram)
        }
    }

    private mutating func counter(_ name: String, _ help: String, _ value: Int) {
        family(name, .counter, help)
        sample(name, [], value)
    }

    private mutating func counter(_ name: String, _ help: String, _ label: String, _ values: [String: Int]) {
        family(name, .counter, help)
        for (key, value) in values.sorted(by: { $0.key < $1.key }) { sample(name, [(label, key)], value) }
    }
}

extension [DispatchMethod: Int] {
    fileprivate var named: [String: Int] {
        Dictionary<String, Int>(uniqueKeysWithValues: map { ($0.key.name, $0.value) })
    }
}
