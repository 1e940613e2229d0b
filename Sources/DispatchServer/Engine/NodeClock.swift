public import Base
internal import Foundation
internal import NIOConcurrencyHelpers

/// What a dispatcher reads the time from: the machine's clock, faster or not, or the clock of a virtual world.
public protocol NodeClock: AnyObject, Sendable {
    func now() -> Timestamp

    /// How far this clock goes while the machine's goes on by a span: what software needs for itself is no matter of the grid.
    func advance(in span: Span) -> Span
}

/// How the grid's time passes on the machine's clock: it is `origin` when that says `start`, and goes `speed` times as fast.
public struct Pace: Sendable, Equatable, Codable {
    public let origin: Timestamp
    public let start: Timestamp
    public let speed: Double

    /// - Parameter speed: above 0.
    public init(from origin: Timestamp, at start: Timestamp, speed: Double) {
        self.origin = origin
        self.start = start
        self.speed = speed
    }

    /// The grid's time is the machine's.
    public static let realTime = Pace(from: Timestamp(microseconds: 0), at: Timestamp(microseconds: 0), speed: 1)

    /// What the grid's clock says when the machine's says `wall`; before `start` it stands still.
    public func instant(at wall: Timestamp) -> Timestamp { origin + advance(in: max(.zero, wall - start)) }

    /// What the machine's clock says when the grid's says `instant`.
    public func wall(at instant: Timestamp) -> Timestamp { start + wallSpan(instant - origin) }

    /// How long a span of the grid takes on the machine's clock.
    public func wallSpan(_ span: Span) -> Span { speed == 1 ? span : span.scaled(by: 1 / speed) }

    /// How far the grid's clock goes in a span of the machine's.
    public func advance(in wall: Span) -> Span { speed == 1 ? wall : wall.scaled(by: speed) }
}

/// The machine's clock, or the grid's at some pace on it. It never goes backwards within a process: while the machine's is set back it
/// stands still until that has caught up.
public final class WallClock: NodeClock {
    public let pace: Pace
    private let machine: @Sendable () -> Timestamp
    private let latest = NIOLockedValueBox(Int64.min)

    public convenience init(pace: Pace = .realTime) { self.init(pace: pace, machine: Self.realTime) }

    /// - Parameter machine: what the machine's clock says.
    init(pace: Pace, machine: @escaping @Sendable () -> Timestamp) {
        self.pace = pace
        self.machine = machine
    }

    private static let realTime: @Sendable () -> Timestamp = {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Timestamp(microseconds: Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1_000)
    }

    public func now() -> Timestamp {
        let instant = pace.instant(at: machine()).microseconds
        return latest.withLockedValue { latest in
            latest = max(latest, instant)
            return Timestamp(microseconds: latest)
        }
    }

    public func advance(in span: Span) -> Span { pace.advance(in: span) }

    /// How long it takes, on the machine's clock, until this one says `instant`; zero once it has.
    public func wait(until instant: Timestamp) -> Span { max(.zero, pace.wallSpan(instant - now())) }
}
