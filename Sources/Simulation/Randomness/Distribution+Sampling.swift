internal import Base
internal import Foundation
internal import Scenarios

extension Distribution {
    /// A value drawn from the distribution, never negative, in whole microseconds.
    func sample(_ stream: inout RandomStream) -> Span {
        switch self {
        case .constant(let span):
            return span
        case .uniform(let low, let high):
            guard high > low else { return low }
            let width = UInt64(high.microseconds - low.microseconds) + 1
            return low + .microseconds(Int64(stream.next() % width))
        case .exponential(let mean):
            return Self.span(-log(1 - stream.unit()) * Double(mean.microseconds))
        case .lognormal(let median, let p95):
            let sigma = log(Double(p95.microseconds) / Double(max(median.microseconds, 1))) / Self.z95
            return Self.span(Double(median.microseconds) * exp(max(sigma, 0) * stream.normal()))
        case .normal(let mean, let standardDeviation):
            return Self.span(Double(mean.microseconds) + Double(standardDeviation.microseconds) * stream.normal())
        case .empirical(let values):
            guard !values.isEmpty else { return .zero }
            return values[Int(stream.next() % UInt64(values.count))]
        }
    }

    /// The 95th percentile of the standard normal distribution.
    private static let z95 = 1.644_853_626_951_472_7

    /// Cut off at a thousand years, so that no sum of a few overflows.
    private static func span(_ microseconds: Double) -> Span {
        .microseconds(Int64(min(max(microseconds.rounded(), 0), 3.2e16)))
    }
}
