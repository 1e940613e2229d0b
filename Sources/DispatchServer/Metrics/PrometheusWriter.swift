internal import Base

/// Writes Prometheus' text exposition format, version 0.0.4.
///
/// https://prometheus.io/docs/instrumenting/exposition_formats/
struct PrometheusWriter {
    private(set) var text = ""

    enum Kind: String {
        case counter, gauge, histogram
    }

    /// Begins a family: its samples have to follow at once.
    mutating func family(_ name: String, _ kind: Kind, _ help: String) {
        text += "# HELP \(name) \(help)\n# TYPE \(name) \(kind.rawValue)\n"
    }

    mutating func sample(_ name: String, _ labels: [(String, String)] = [], _ value: Int) {
        text += "\(name)\(Self.braces(labels)) \(value)\n"
    }

    mutating func sample(_ name: String, _ labels: [(String, String)] = [], _ value: Double) {
        text += "\(name)\(Self.braces(labels)) \(value)\n"
    }

    mutating func histogram(_ name: String, _ labels: [(String, String)] = [], _ histogram: Histogram) {
        var below = 0
        for (bound, count) in zip(histogram.bounds, histogram.counts) {
            below += count
            sample("\(name)_bucket", labels + [("le", "\(bound)")], below)
        }
        sample("\(name)_bucket", labels + [("le", "+Inf")], histogram.count)
        sample("\(name)_sum", labels, histogram.sum)
        sample("\(name)_count", labels, histogram.count)
    }

    private static func braces(_ labels: [(String, String)]) -> String {
        guard !labels.isEmpty else { return "" }
        return "{\(labels.map { "\($0)=\"\(escaped($1))\"" }.joined(separator: ","))}"
    }

    private static func escaped(_ value: String) -> String {
        value.escaped { scalar in
            switch scalar {
            case "\\": "\\\\"
            case "\"": "\\\""
            case "\n": "\\n"
            default: nil
            }
        }
    }
}
