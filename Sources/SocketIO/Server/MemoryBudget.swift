internal import NIOConcurrencyHelpers

/// What may be held in memory of all that is unfinished: messages in fragments, bodies on their way. In all, and of one address, so that
/// nobody takes it away from others.
public final class MemoryBudget: Sendable {
    private struct Held {
        var total = 0
        var byAddress: [String: Int] = [:]
    }

    /// In bytes.
    public let total: Int
    public let perAddress: Int
    private let onExceeded: @Sendable () -> Void
    private let held = NIOLockedValueBox(Held())

    /// - Parameter onExceeded: called when somebody is refused.
    public init(total: Int, perAddress: Int, onExceeded: @escaping @Sendable () -> Void) {
        self.total = total
        self.perAddress = perAddress
        self.onExceeded = onExceeded
    }

    /// How many bytes are held now.
    public var heldBytes: Int { held.withLockedValue { $0.total } }

    /// - Parameter change: in bytes; less than 0 is always taken.
    fileprivate func change(_ address: String, by change: Int) -> Bool {
        let isTaken = held.withLockedValue { held in
            let own = held.byAddress[address, default: 0] + change
            guard change <= 0 || held.total + change <= total && own <= perAddress else { return false }
            held.total += change
            held.byAddress[address] = own > 0 ? own : nil
            return true
        }
        if !isTaken { onExceeded() }
        return isTaken
    }
}

/// What one message or body holds of a budget; given back when this is let go of. Used by one thread at a time.
public final class MemoryClaim {
    private let budget: MemoryBudget
    private let address: String
    private var bytes = 0

    public init(on budget: MemoryBudget, of address: String) {
        self.budget = budget
        self.address = address
    }

    deinit { _ = hold(0) }

    /// - Returns: false when that is more than the budget has; then it holds what it held before.
    public func hold(_ bytes: Int) -> Bool {
        guard bytes != self.bytes else { return true }
        guard budget.change(address, by: bytes - self.bytes) else { return false }
        self.bytes = bytes
        return true
    }
}

@available(*, unavailable)
extension MemoryClaim: Sendable {}
