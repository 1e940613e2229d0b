public import Base
internal import Foundation
internal import NIOConcurrencyHelpers

/// What a dispatcher reads the time from: the machine's clock, faster or not, or the clock of a virtual world.
public protocol NodeClock: AnyObject, Sendable {
    /// What is written down and by which incidents are judged. Where it is set, it is followed, also backwards.
    func now() -> Timestamp

    /// For intervals: it goes as fast as `now` and is never set, and its instants mean nothing by themselves.
    func uptime() -> Timestamp

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

/// The machine's clock, or the grid's at some pace on it.
///
/// It is followed wherever it is set, since incidents are judged by the time as it now is: a set-back of less than `tolerance`, as two
/// threads or a correction by the network make it, has it stand still until that is made up for, so that neighbouring rows of a
/// journal are in order; one of more is a step, of which the rules, the log and `/ready` are told.
public final class WallClock: NodeClock {
    /// What one machine says at a moment.
    struct Reading: Sendable {
        /// The wall clock, which may be set.
        var wall: Timestamp
        /// The monotonic clock.
        var uptime: Timestamp

        /// How far the wall clock is ahead of the other; it changes only when it is set.
        var lead: Span { wall - uptime }

        static let machine: @Sendable () -> Reading = {
            var time = timespec()
            clock_gettime(CLOCK_REALTIME, &time)
            return Reading(
                wall: Timestamp(microseconds: Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1_000),
                uptime: MonotonicCondition.uptime()
            )
        }
    }

    private struct State {
        var latest = Timestamp(microseconds: .min / 2)
        /// As of the start.
        let lead: Span
        /// As of the last `turn`.
        var turnLead: Span
    }

    static let tolerance = Span.seconds(1)

    public let pace: Pace
    private let machine: @Sendable () -> Reading
    private let state: NIOLockedValueBox<State>

    public convenience init(pace: Pace = .realTime) { self.init(pace: pace, machine: Reading.machine) }

    /// - Parameter machine: what the machine's clocks say.
    init(pace: Pace, machine: @escaping @Sendable () -> Reading) {
        self.pace = pace
        self.machine = machine
        let lead = machine().lead
        state = NIOLockedValueBox(State(lead: lead, turnLead: lead))
    }

    public func now() -> Timestamp { now(machine()) }

    private func now(_ reading: Reading) -> Timestamp {
        let instant = pace.instant(at: reading.wall)
        return state.withLockedValue { state in
            if instant < state.latest, state.latest - instant < pace.advance(in: Self.tolerance) { return state.latest }
            state.latest = instant
            return instant
        }
    }

    public func uptime() -> Timestamp {
        Timestamp(microseconds: pace.advance(in: machine().uptime - Timestamp(microseconds: 0)).microseconds)
    }

    /// The instant of a turn of the engine, and how far the clock was set since the one before, if it was: ahead, or back below zero.
    func turn() -> (now: Timestamp, step: Span?) {
        let reading = machine()
        let now = now(reading)
        return state.withLockedValue { state in
            let step = reading.lead - state.turnLead
            guard Self.isStep(step) else { return (now, nil) }
            state.turnLead = reading.lead
            return (now, pace.advance(in: step))
        }
    }

    /// How far the machine's wall clock is ahead of where it would be had nobody set it since the start; `nil`: the two agree.
    var disagreement: Span? {
        let reading = machine()
        let step = reading.lead - state.withLockedValue { $0.lead }
        return Self.isStep(step) ? step : nil
    }

    private static func isStep(_ step: Span) -> Bool { step >= tolerance || step <= .zero - tolerance }

    public func advance(in span: Span) -> Span { pace.advance(in: span) }

    /// How long it takes, on the machine's clock, until this one says `instant`; zero once it has.
    public func wait(until instant: Timestamp) -> Span { max(.zero, pace.wallSpan(instant - now())) }

    /// The same for an instant of `uptime`.
    func wait(untilUptime instant: Timestamp) -> Span { max(.zero, pace.wallSpan(instant - uptime())) }
}
