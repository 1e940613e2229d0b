import DemandResponse

extension ScenarioWriter {
    mutating func writeCarriers(_ carriers: [DispatchMethod: Carrier]) {
        guard !carriers.isEmpty else { return }
        line()
        line("carriers:")
        for method in DispatchMethod.allCases {
            guard let carrier = carriers[method] else { continue }
            let treatment = written(carrier)
            guard !carrier.exceptions.isEmpty else {
                line("  \(method.name): " + YAMLText.mapping(treatment))
                continue
            }
            line("  \(method.name):")
            for (key, value) in treatment { if let value { line("    \(key): \(value)") } }
            line("    except:")
            for exception in carrier.exceptions { line("      - " + written(exception)) }
        }
    }

    private mutating func written(_ exception: CarrierException) -> String {
        let pairs: [(key: String, value: String?)] = [
            ("of", Self.written(exception.of)),
            ("incident", exception.incident.map(YAMLText.scalar)),
            ("modification", exception.modification.map(String.init)),
            ("notice", exception.notice?.rawValue),
            ("attempt", exception.attempt.map(String.init)),
        ]
        return YAMLText.mapping(pairs + written(exception.carrier))
    }

    private mutating func written(_ carrier: Carrier) -> [(key: String, value: String?)] {
        let isFull = carrier.failureKind != .temporary || carrier.reason != nil
        let fails = YAMLText.mapping([
            ("share", carrier.fails.description),
            ("kind", carrier.failureKind == .temporary ? nil : carrier.failureKind.rawValue),
            ("reason", carrier.reason.map(YAMLText.scalar)),
        ])
        return [
            ("delay", writtenIfAny(carrier.delay)),
            ("fails", isFull ? fails : carrier.fails.written(unless: .none)),
            ("reports", carrier.reports == .delivery ? nil : carrier.reports.rawValue),
        ]
    }
}
