internal import Base

/// Counts the failed attempts to get in, by the address they came from: after `most` of them within `window` those that fail are told
/// to wait until the window is over.
///
/// A pure value; bounded: at `mostAddresses` the oldest window is forgotten.
struct FailedAttempts {
    static let most = 10
    static let window = Span.minutes(1)
    static let mostAddresses = 4_096

    private struct Window {
        var began: Timestamp
        var count: Int
    }

    private var windows: [String: Window] = [:]

    /// How long an address has to wait; `nil`: it may try.
    func wait(_ address: String, at now: Timestamp) -> Span? {
        guard let window = windows[address], window.count >= Self.most else { return nil }
        let end = window.began + Self.window
        return now < end ? end - now : nil
    }

    mutating func failed(_ address: String, at now: Timestamp) {
        if let window = windows[address], now < window.began + Self.window {
            windows[address]?.count = window.count + 1
            return
        }
        if windows.count >= Self.mostAddresses, windows[address] == nil { forgetOldest(at: now) }
        windows[address] = Window(began: now, count: 1)
    }

    private mutating func forgetOldest(at now: Timestamp) {
        windows = windows.filter { now < $0.value.began + Self.window }
        guard windows.count >= Self.mostAddresses,
            let oldest = windows.min(by: { ($0.value.began, $0.key) < ($1.value.began, $1.key) })
        else { return }
        windows[oldest.key] = nil
    }
}
