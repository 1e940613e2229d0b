/// How many connections are open, and from where. A pure value, as large as there are addresses connected.
struct ConnectionCounts {
    private var byAddress: [String: Int] = [:]
    private(set) var total = 0

    /// Counts one more, if it may be. To be let go of with `close` then, and only then.
    /// - Returns: what is in the way; `nil`: nothing.
    mutating func open(_ address: String, _ limits: ServerLimits) -> Excess? {
        if let most = limits.connections, total >= most { return .connections }
        let own = byAddress[address, default: 0]
        if let most = limits.connectionsPerAddress, own >= most { return .connectionsPerAddress }
        byAddress[address] = own + 1
        total += 1
        return nil
    }

    mutating func close(_ address: String) {
        let own = byAddress[address, default: 1] - 1
        byAddress[address] = own > 0 ? own : nil
        total -= 1
    }
}
