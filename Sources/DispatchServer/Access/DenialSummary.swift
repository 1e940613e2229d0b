internal import DemandResponse
internal import NIOCore

/// What is written down of refusals: the first ones of an address whole, then how many there were, once a minute. So what somebody who
/// is refused for ever fills of log and database does not depend on how fast he is.
///
/// A pure value. Bounded: beyond `mostAddresses` that were refused lately, all others are counted as one.
struct DenialSummary {
    static let mostWhole = 10
    static let mostAddresses = 4_096
    static let window = TimeAmount.minutes(1)
    static let others = "other addresses"

    private struct Window {
        var began: NIODeadline
        var whole = 0
        var count = 0
        var last: AccessDenial
    }

    private var windows: [String: Window] = [:]

    /// - Returns: what is to be written down now.
    mutating func add(_ denial: AccessDenial, at now: NIODeadline) -> [AccessDenial] {
        var address = denial.address
        if windows[address] == nil, windows.count >= Self.mostAddresses { address = Self.others }
        let ended = end(address, at: now)
        var window = windows[address] ?? Window(began: now, last: denial)
        window.last = denial
        let isWhole = window.whole < Self.mostWhole
        if isWhole { window.whole += 1 } else { window.count += 1 }
        windows[address] = window
        return ended + (isWhole ? [denial] : [])
    }

    /// - Parameter isLast: nothing will come any more: minutes that have begun are written down, too.
    /// - Returns: what was only counted, of the minutes that are over.
    mutating func due(at now: NIODeadline, isLast: Bool = false) -> [AccessDenial] {
        windows.keys.sorted().flatMap { end($0, at: isLast ? .distantFuture : now) }
    }

    /// Of who was refused again and again only the counts go on; who was quiet for a minute is forgotten.
    private mutating func end(_ address: String, at now: NIODeadline) -> [AccessDenial] {
        guard var window = windows[address], now >= window.began + Self.window else { return [] }
        guard window.count > 0 else {
            windows[address] = nil
            return []
        }
        let count = window.count
        window.count = 0
        window.began = now
        windows[address] = window
        let summary = AccessDenial(
            subject: window.last.subject,
            address: address,
            reason: "refused \(count) more times within a minute; the last: \(window.last.reason)",
            times: count
        )
        return [summary]
    }
}
