internal import Base
internal import DispatchStore

extension RunStatus {
    var json: JSONValue { .object(["code": JSONValue(Int(rawValue)), "name": .string(name)]) }
}

extension ExpectationFinding {
    var json: JSONValue {
        .object([
            "line": JSONValue(line), "text": .string(text), "held": .bool(held), "observed": .string(observed),
            "explanation": JSONValue(explanation),
        ])
    }
}

extension CheckFinding {
    var json: JSONValue {
        .object([
            "number": JSONValue(number), "name": .string(name), "examined": JSONValue(examined),
            "violation_count": JSONValue(violationCount),
            "violations": .array(
                violations.map { .object(["at": JSONValue($0.at?.iso8601), "message": .string($0.message)]) }
            ),
        ])
    }
}

extension GroupSummary {
    var members: [String: JSONValue] {
        [
            "counts": .object([
                "dispatches": JSONValue(dispatches), "delivered": JSONValue(delivered), "failed": JSONValue(failed),
                "duplicates": JSONValue(duplicates), "customers": JSONValue(customers),
                "acknowledged": JSONValue(acknowledged), "unacknowledged": JSONValue(unacknowledged),
                "late": JSONValue(late), "declined": JSONValue(declined), "undeliverable": JSONValue(undeliverable),
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
    var json: JSONValue {
        var members: [String: JSONValue] = ["count": JSONValue(count), "never": JSONValue(never)]
        var reasons: [String: JSONValue] = [:]
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

extension LatencySummary.Statistic {
    /// `p99.9` as `p99_9`: a dot in a key is a nuisance to those who write paths into a document.
    fileprivate var key: String { rawValue.replacing(".", with: "_") }
}
