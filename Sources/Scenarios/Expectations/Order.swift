public import DemandResponse
public import Measures

/// In which order two things befall a customer in an incident: `never text after acknowledged`, `acknowledged before cancelled`.
///
/// Only who has the second of them counts, and somebody has to.
public struct Order: Sendable, Equatable {
    public enum Kind: String, Sendable, CaseIterable {
        /// The first does not happen once the second has, be it for the first time.
        case never = "after"
        /// The first has happened when the second happens for the first time.
        case before
    }

    /// One of the two.
    public struct Event: Sendable, Equatable {
        public var moment: Moment
        public var channel: DispatchMethod?
        /// `nil`: of any.
        public var modification: Int?

        public init(_ moment: Moment, channel: DispatchMethod? = nil, modification: Int? = nil) {
            self.moment = moment
            self.channel = channel
            self.modification = modification
        }
    }

    public var kind: Kind
    public var first: Event
    public var second: Event
    /// Whom and which incident it concerns; both events in common, whichever of them bears the label.
    public var selection: Selection

    public init(_ kind: Kind, _ first: Event, _ second: Event, selection: Selection = Selection()) {
        self.kind = kind
        self.first = first
        self.second = second
        self.selection = selection
    }
}
