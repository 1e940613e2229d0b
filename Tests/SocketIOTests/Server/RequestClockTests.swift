import NIOCore
import Testing

@testable import SocketIO

@Suite struct RequestClockTests {
    private let limits: HTTPLimits = {
        var limits = HTTPLimits()
        limits.requestTimeout = .seconds(10)
        limits.idleTimeout = .seconds(60)
        limits.leastBytesPerSecond = 1_000
        return limits
    }()

    private func expect(
        _ clock: RequestClock,
        _ second: Int64?,
        _ excess: HTTPExcess? = nil,
        _ location: SourceLocation = #_sourceLocation
    ) {
        #expect(clock.deadline?.at == second.map { .second($0) }, sourceLocation: location)
        #expect(clock.deadline?.excess == excess, sourceLocation: location)
    }

    @Test func `the first head has the time of a request, the next ones that of an idle connection`() {
        var clock = RequestClock(limits, at: .second(0))
        expect(clock, 10, .slowRequest)
        clock.receivedHead(at: .second(1))
        clock.receivedEnd(at: .second(1))
        clock.answered(at: .second(5))
        expect(clock, 65, .idle)
    }

    @Test func `a body has the longer the more of it has come`() {
        var clock = RequestClock(limits, at: .second(0))
        clock.receivedHead(at: .second(1))
        expect(clock, 11, .slowRequest)
        clock.receivedBody(5_000)
        expect(clock, 16, .slowRequest)
        for _ in 0..<3 { clock.receivedBody(1) }
        #expect(clock.deadline.map { $0.at < .second(17) } ?? false, "a byte now and then gains next to nothing")
    }

    @Test func `an answer may take as long as it likes, unless nobody takes it`() {
        var clock = RequestClock(limits, at: .second(0))
        clock.receivedHead(at: .second(1))
        clock.receivedEnd(at: .second(1))
        expect(clock, nil)
        clock.writabilityChanged(to: false, at: .second(100))
        clock.writabilityChanged(to: false, at: .second(105))
        expect(clock, 110, .slowReader)
        clock.writabilityChanged(to: true, at: .second(107))
        expect(clock, nil)
    }

    @Test func `an answer that comes before the body is whole leaves the body its time`() {
        var clock = RequestClock(limits, at: .second(0))
        clock.receivedHead(at: .second(1))
        clock.answered(at: .second(2))
        expect(clock, 11, .slowRequest)
        #expect(clock.isAnsweredEarly)
        clock.receivedEnd(at: .second(3))
        #expect(!clock.isAnsweredEarly)
        expect(clock, 63, .idle)
    }
}
