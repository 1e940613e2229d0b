import Base
import NIOConcurrencyHelpers
import Testing

@testable import DispatchServer

@Suite("A pace") struct PaceTests {
    private static let origin = Timestamp(microseconds: 1_566_963_000_000_000)
    private static let start = Timestamp(microseconds: 1_700_000_000_000_000)

    @Test(arguments: [
        (1.0, Span.minutes(10), Span.minutes(10)), (60, .minutes(10), .seconds(10)), (600, .hours(1), .seconds(6)),
        (0.5, .seconds(3), .seconds(6)),
    ])
    func `says how long what happens on the grid takes on the wall, and back`(speed: Double, grid: Span, wall: Span) {
        let pace = Pace(from: Self.origin, at: Self.start, speed: speed)
        #expect(pace.wallSpan(grid) == wall)
        #expect(pace.advance(in: wall) == grid)
        #expect(pace.wall(at: Self.origin + grid) == Self.start + wall)
        #expect(pace.instant(at: Self.start + wall) == Self.origin + grid)
        #expect(pace.instant(at: Self.start) == Self.origin)
    }

    @Test func `in real time is no pace at all`() {
        #expect(Pace.realTime.instant(at: Self.start) == Self.start)
        #expect(Pace.realTime.wall(at: Self.start) == Self.start)
    }

    @Test(arguments: [3.0, 7, 600])
    func `brings an instant back from the wall to within a microsecond of it`(speed: Double) {
        let pace = Pace(from: Self.origin, at: Self.start, speed: speed)
        for microseconds in stride(from: Int64(0), to: 10_000_000, by: 777_777) {
            let instant = Self.origin + .microseconds(microseconds)
            let back = pace.instant(at: pace.wall(at: instant)) - instant
            #expect(abs(back.microseconds) <= Int64(speed / 2) + 1)
        }
    }

    @Test func `that is very fast overflows nothing`() {
        let pace = Pace(from: Self.origin, at: Self.start, speed: 1e15)
        #expect(pace.instant(at: Self.start + .hours(1)) > Self.origin)
    }
}

@Suite("A wall clock") struct WallClockTests {
    private static let start = Timestamp(microseconds: 1_700_000_000_000_000)

    /// A machine whose wall clock says what it is told, in seconds after the start, and whose monotonic clock goes on by a second a reading.
    private static func clock(_ readings: [Double], speed: Double) -> WallClock {
        let left = NIOLockedValueBox(([readings.first ?? 0] + readings)[...])
        let uptime = NIOLockedValueBox(Int64(0))
        return WallClock(pace: Pace(from: Timestamp(microseconds: 0), at: start, speed: speed)) {
            WallClock.Reading(
                wall: start + .microseconds(Int64((left.withLockedValue { $0.popFirst() } ?? 0) * 1_000_000)),
                uptime: uptime.withLockedValue {
                    $0 += 1_000_000
                    return Timestamp(microseconds: $0)
                }
            )
        }
    }

    @Test func `stands still while the machine's is set back by less than a second, and follows it further back`() {
        let clock = Self.clock([10, 12, 11.5, 12.5, 5, 5.5, 86_400, 6], speed: 60)
        let said = (0..<8).map { _ in clock.now().microseconds / 1_000_000 }
        #expect(said == [600, 720, 720, 750, 300, 330, 5_184_000, 360])
    }

    @Test func `tells each turn how far it was set since the one before, and whether it disagrees with the start`() {
        // The monotonic clock goes on by a second a reading.
        let machine = NIOLockedValueBox((wall: Int64(100), uptime: Int64(0)))
        let clock = WallClock(pace: .realTime) {
            machine.withLockedValue { machine in
                machine.wall += 1
                machine.uptime += 1
                return WallClock.Reading(
                    wall: Timestamp(microseconds: machine.wall * 1_000_000),
                    uptime: Timestamp(microseconds: machine.uptime * 1_000_000)
                )
            }
        }
        #expect(clock.turn().step == nil && clock.disagreement == nil)
        machine.withLockedValue { $0.wall += 86_400 }
        let uptime = clock.uptime()
        #expect(clock.disagreement == .hours(24))
        #expect(clock.turn().step == .hours(24))
        #expect(clock.turn().step == nil && clock.disagreement == .hours(24))
        machine.withLockedValue { $0.wall -= 86_400 }
        #expect(clock.turn().step == .zero - .hours(24))
        #expect(clock.turn().step == nil && clock.disagreement == nil)
        #expect(clock.uptime() - uptime < .minutes(1))
    }

    @Test func `stands at its origin before its start`() {
        let clock = Self.clock([-2, -1, 0, 1], speed: 10)
        #expect((0..<4).map { _ in clock.now().microseconds / 1_000_000 } == [0, 0, 0, 10])
    }

    @Test func `says how long the machine has to wait for an instant, and nothing for one that has come`() {
        let clock = Self.clock([10, 10, 10], speed: 60)
        #expect(clock.wait(until: Timestamp(microseconds: 660_000_000)) == .seconds(1))
        #expect(clock.wait(until: Timestamp(microseconds: 600_000_000)) == .zero)
        #expect(clock.wait(until: Timestamp(microseconds: 0)) == .zero)
    }
}
