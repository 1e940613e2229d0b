internal import Base
internal import DemandResponse
internal import Logging
internal import NIOConcurrencyHelpers
internal import NIOCore

/// Writes into log and audit log who was refused what, for every door: see `DenialSummary`.
final class DenialDesk: Sendable {
    private let sink: any InputSink
    private let logger: Logger?
    private let summary = NIOLockedValueBox(DenialSummary())

    /// - Parameter logger: `nil`: no log.
    init(sink: any InputSink, logger: Logger?) {
        self.sink = sink
        self.logger = logger
    }

    /// - Parameter actor: who was refused, for the audit log.
    func deny(_ denial: AccessDenial, correlation: UniqueID? = nil, actor: String? = nil) {
        write(summary.withLockedValue { $0.add(denial, at: .now()) }, correlation, actor)
    }

    /// Writes down what was counted; to be called every few seconds, and with `isLast` at the end.
    func flush(isLast: Bool = false) {
        write(summary.withLockedValue { $0.due(at: .now(), isLast: isLast) }, nil, nil)
    }

    private func write(_ denials: [AccessDenial], _ correlation: UniqueID?, _ actor: String?) {
        for denial in denials {
            // A count is of nobody's one request.
            let (correlation, actor) = denial.times == nil ? (correlation, actor) : (nil, nil)
            logger?.notice("access denied", metadata: denial.metadata(correlation: correlation))
            _ = sink.submit(.accessDenied(denial), correlation: correlation, actor: actor)
        }
    }
}
