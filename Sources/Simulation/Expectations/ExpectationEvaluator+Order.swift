internal import Base
internal import DispatchStore
internal import Measures
internal import Scenarios

extension ExpectationEvaluator {
    /// How many who are out of order are named.
    private static let mostNamed = 3

    /// Only who has the second event counts. There must be somebody who has it: an order that nobody could break proves nothing.
    func order(_ order: Order) throws -> Outcome {
        let participations = measurements.participations(order.selection)
        let keys = Set(participations)
        let first = try moments(order.first, keys)
        let second = try moments(order.second, keys)
        let judged = participations.compactMap { key in second[key]?.first.map { (key: key, at: $0) } }
        guard !judged.isEmpty else {
            return Outcome(
                observed: ExpectationFinding.nothing,
                held: false,
                explanation: "nothing to compare: nobody whom it concerns has '\(order.second.moment.rawValue)'"
            )
        }
        let wrong = judged.compactMap { key, at in
            complaint(order, of: key, first: first[key] ?? [], second: at)
        }
        guard !wrong.isEmpty else {
            return Outcome(observed: "\(Units.plural(judged.count, "case")) in order", held: true)
        }
        let named = wrong.prefix(Self.mostNamed).joined(separator: "; ")
        let hidden = wrong.count - Self.mostNamed
        return Outcome(
            observed: "\(Units.count(wrong.count)) of \(Units.plural(judged.count, "case")) out of order",
            held: false,
            explanation: named + (hidden > 0 ? "; and \(Units.count(hidden)) more" : "")
        )
    }

    /// `nil`: it is in order.
    private func complaint(
        _ order: Order,
        of key: Trace.Key,
        first: [MomentPlace],
        second: MomentPlace
    ) -> String? {
        let who =
            "customer \(key.customer), \(measurements.history.names[key.incident] ?? "incident \(key.incident)"): "
        let (a, b) = (order.first.moment.rawValue, order.second.moment.rawValue)
        switch order.kind {
        case .never:
            guard let later = first.first(where: { second < $0 }) else { return nil }
            return who + "\(b) at \(clock(second.at)), \(a) at \(clock(later.at))"
        case .before:
            guard let earliest = first.first else { return who + "\(b) at \(clock(second.at)), never \(a)" }
            guard !(earliest < second) else { return nil }
            return who + "\(b) at \(clock(second.at)), \(a) only at \(clock(earliest.at))"
        }
    }
}
