import Testing

@testable import SocketIO

@Suite struct TimerGuardTests {
    @Test("one call is outstanding, a second one only for an earlier deadline") func arming() {
        var timer = TimerGuard()
        expect(timer.arm(at: .second(10)), is: 1)
        expect(timer.arm(at: .second(20)), is: nil, "the call at 10 will look again")
        expect(timer.arm(at: .second(5)), is: 2)
        expect(timer.fired(2), is: true)
        expect(timer.arm(at: .second(20)), is: 3)
        expect(timer.fired(1), is: false, "overtaken")
        expect(timer.fired(3), is: true)
        expect(timer.fired(3), is: false)
    }
}
