internal import Base
internal import DispatchStore
internal import Measures

extension RunStatus {
    var json: JSON { .object(["code": JSON(Int(rawValue)), "name": .string(name)]) }
}

extension ExpectationFinding {
    var json: JSON {
        .object([
            "line": JSON(line), "text": .string(text), "held": .bool(held), "observed": .string(observed),
            "explanation": JSON(explanation), "verdict": .string(verdict.rawValue), "known": known.map(json) ?? .null,
        ])
    }

    private func json(_ known: KnownFailure) -> JSON {
        .object([
            "issue": .string(known.issue), "until": .string(known.until), "why": .string(known.why),
            "is_over": .bool(knownIsOver),
        ])
    }
}

extension CheckFinding {
    var json: JSON {
        .object([
            "number": JSON(number), "name": .string(name), "examined": JSON(examined),
            "violation_count": JSON(violationCount),
            "violations": .array(
                violations.map { .object(["at": JSON($0.at?.iso8601), "message": .string($0.message)]) }
            ),
        ])
    }
}

extension GroupSummary {
    var members: JSONObject {
        [
            "counts": .object([
                "dispatches": JSON(counts.dispatches), "delivered": JSON(counts.delivered),
                "failed": JSON(counts.failed), "duplicates": JSON(counts.duplicates),
                "customers": JSON(counts.customers), "customer_incidents": JSON(counts.customerIncidents),
                "acknowledged": JSON(counts.acknowledged), "unacknowledged": JSON(counts.unacknowledged),
                "late": JSON(counts.late), "declined": JSON(counts.declined),
                "withdrawn": JSON(counts.withdrawn),
                "undeliverable": JSON(counts.undeliverable),
            ]),
            "latencies": .object([
                Latency.delivery.rawValue: delivery.json,
                Latency.acknowledgement.rawValue: acknowledgement.json,
                Latency.confirmation.rawValue: confirmation.json,
            ]),
        ]
    }
}

extension LatencySummary {
    /// `count`, `never`, `min_microseconds` … `max_microseconds`, and why some of them are null.
    var json: JSON {
        var members: JSONObject = ["count": JSON(count), "never": JSON(never)]
        var reasons: JSONObject = [:]
        for statistic in Statistic.allCases {
            let value = self[statistic]
            let key = "\(statistic.key)_microseconds"
            members[key] = .null
            switch value {
            case .span(let span): members[key] = .integer(span.microseconds)
            case .never: reasons[key] = .string("falls among those that never happened")
            case .withheld(let needed): reasons[key] = .string("withheld: needs at least \(needed) samples")
            case .empty: reasons[key] = .string("no samples")
            }
        }
        members["without_value"] = .object(reasons)
        return .object(members)
    }
}

extension Statistic {
    /// `p99.9` as `p99_9`: a dot in a key is a nuisance to those who write paths into a document.
    fileprivate var key: String { rawValue.replacing(".", with: "_") }
}
