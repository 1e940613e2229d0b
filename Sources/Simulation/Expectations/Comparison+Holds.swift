internal import Base
internal import DispatchStore
internal import Scenarios

extension Expectation.Comparison {
    func holds<Value: Comparable>(_ observed: Value, _ bound: Value) -> Bool {
        switch self {
        case .equal: observed == bound
        case .notEqual: observed != bound
        case .less: observed < bound
        case .lessOrEqual: observed <= bound
        case .greater: observed > bound
        case .greaterOrEqual: observed >= bound
        case .contains: false
        }
    }

    func holds(_ observed: String, _ bound: String) -> Bool {
        switch self {
        case .contains: observed.contains(bound)
        case .equal: observed == bound
        case .notEqual: observed != bound
        case .less, .lessOrEqual, .greater, .greaterOrEqual: false
        }
    }
}

extension Measurements.Share {
    /// `97.3 %`, rounded down in the last digit, so that what is short of a bound never reads as if it reached it.
    var percentText: String {
        guard total > 0 else { return "–" }
        let perMille = count * 1_000 / total
        return perMille % 10 == 0 ? "\(perMille / 10) %" : "\(perMille / 10).\(perMille % 10) %"
    }
}

extension Span {
    /// `1.24 s`, `46.2 ms`, `6 m 12 s`.
    var text: String {
        switch microseconds {
        case ..<1_000: "\(microseconds) µs"
        case ..<1_000_000: "\(decimal(microseconds, 1_000)) ms"
        case ..<60_000_000: "\(decimal(microseconds, 1_000_000)) s"
        case ..<3_600_000_000: "\(microseconds / 60_000_000) m \(microseconds / 1_000_000 % 60) s"
        default: "\(microseconds / 3_600_000_000) h \(microseconds / 60_000_000 % 60) m"
        }
    }

    /// Three significant digits.
    private func decimal(_ value: Int64, _ unit: Int64) -> String {
        let whole = value / unit
        if whole >= 100 { return "\(whole)" }
        if whole >= 10 { return "\(whole).\(value % unit * 10 / unit)" }
        let hundredths = value % unit * 100 / unit
        return "\(whole).\(hundredths < 10 ? "0" : "")\(hundredths)"
    }
}
