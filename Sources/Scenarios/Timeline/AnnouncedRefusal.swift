public import DemandResponse

/// Why the dispatcher is not going to follow an entry of the timeline, as the entry announces it.
public enum AnnouncedRefusal: Sendable, Hashable {
    /// By a rule of the dispatcher.
    case code(Refusal.Code)
    /// By these rules of the program, and no others; each once, in their order, not empty.
    case limits([LimitRule])

    /// What a refusal came to.
    /// - Parameter limits: which of the program's rules were broken.
    public init(_ code: Refusal.Code, limits: [LimitRule]) {
        self = code == .againstLimits && !limits.isEmpty ? .limits(limits) : .code(code)
    }

    /// Whether it is what was announced: `against-limits` is so whichever rules were broken.
    public func announces(_ refusal: AnnouncedRefusal) -> Bool {
        if case .limits = refusal, self == .code(.againstLimits) { return true }
        return self == refusal
    }

    /// As an entry says it: `incident-over`, `day_limit, too_long`.
    public var text: String {
        switch self {
        case .code(let code): code.rawValue
        case .limits(let rules): rules.map(\.rawValue).joined(separator: ", ")
        }
    }
}
