public import DemandResponse

/// What stands in for a mail or telephone network.
public struct Carrier: Sendable, Hashable {
    public enum FailureKind: String, Sendable, CaseIterable {
        /// Worth another attempt.
        case temporary
        /// For good.
        case permanent
        /// The carrier has lost sight of it: it arrives, and is sent again all the same.
        case unknown
    }

    /// What it tells of a message that it brings.
    public enum Reports: String, Sendable, CaseIterable {
        /// That it took the message, and later that it brought it.
        case delivery
        /// That it took the message, and no more.
        case acceptance
        case nothing
    }

    /// From the hand-over to the arrival, or to the report of the failure.
    public var delay: Distribution
    /// How many of the attempts fail, and how.
    public var fails: Share
    public var failureKind: FailureKind
    /// The carrier's words for a failure; `nil`: the standard ones.
    public var reason: String?
    public var reports: Reports
    /// Messages that fare otherwise. Of several exceptions for a message the later one counts.
    public var exceptions: [CarrierException]

    public init(
        delay: Distribution = .none,
        fails: Share = .none,
        failureKind: FailureKind = .temporary,
        reason: String? = nil,
        reports: Reports = .delivery,
        exceptions: [CarrierException] = []
    ) {
        self.delay = delay
        self.fails = fails
        self.failureKind = failureKind
        self.reason = reason
        self.reports = reports
        self.exceptions = exceptions
    }
}

/// Some of a carrier's messages, and how the carrier treats them.
public struct CarrierException: Sendable, Hashable {
    public enum Notice: String, Sendable, CaseIterable {
        case dispatch, cancellation
        case allClear = "all_clear"

        public init(_ kind: Outgoing.Kind) {
            self =
                switch kind {
                case .dispatch: .dispatch
                case .cancellation: .cancellation
                case .allClear: .allClear
                }
        }
    }

    public var of: CustomerSelector
    /// The script's name of the incident; `nil`: any. So with the others.
    public var incident: String?
    public var modification: Int?
    public var notice: Notice?
    /// From 1.
    public var attempt: Int?
    /// Without exceptions of its own.
    public var carrier: Carrier

    public init(
        of: CustomerSelector,
        incident: String? = nil,
        modification: Int? = nil,
        notice: Notice? = nil,
        attempt: Int? = nil,
        carrier: Carrier
    ) {
        self.of = of
        self.incident = incident
        self.modification = modification
        self.notice = notice
        self.attempt = attempt
        self.carrier = carrier
    }
}
