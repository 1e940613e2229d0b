internal import Base
internal import DemandResponse
internal import Measures

extension Breakdown {
    /// Latencies of one kind, each with the groups it belongs to; sorted once, whatever the number of groups.
    struct Samples {
        private struct Sample {
            let microseconds: Int64
            let place: Int32
            let channels: UInt8
        }

        private var values: [Sample] = []
        private var endless: [Sample] = []

        mutating func add(_ span: Span?, place: Int, _ channels: UInt8) {
            let sample = Sample(microseconds: span?.microseconds ?? 0, place: Int32(place), channels: channels)
            if span == nil { endless.append(sample) } else { values.append(sample) }
        }

        mutating func populations(of count: Int, _ places: [Tally.Place]) -> [Population] {
            values.sort { $0.microseconds < $1.microseconds }
            var spans = Array(repeating: [Span](), count: count)
            var never = Array(repeating: 0, count: count)
            spans[0] = values.map { Span(microseconds: $0.microseconds) }
            never[0] = endless.count
            for sample in values {
                Self.forEachLabel(of: sample, places) { spans[$0].append(Span(microseconds: sample.microseconds)) }
            }
            for sample in endless { Self.forEachLabel(of: sample, places) { never[$0] += 1 } }
            return zip(spans, never).map { Population(ascending: $0, endless: $1) }
        }

        private static func forEachLabel(of sample: Sample, _ places: [Tally.Place], _ body: (Int) -> Void) {
            let place = places[Int(sample.place)]
            body(place.group)
            body(place.programGroup)
            for method in 1...DispatchMethod.allCases.count where sample.channels & (1 << UInt8(method)) != 0 {
                body(method)
            }
        }
    }
}
