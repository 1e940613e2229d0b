public import Base
internal import Foundation
internal import NIOConcurrencyHelpers

/// The machine's clock, never going backwards within a process: a clock that is set back stands still until it has caught up.
public final class WallClock: Sendable {
    private let latest = NIOLockedValueBox(Int64.min)

    public init() {}

    public func now() -> Timestamp {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        let microseconds = Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1_000
        return latest.withLockedValue { latest in
            latest = max(latest, microseconds)
            return Timestamp(microseconds: latest)
        }
    }
}
