import Base
import Testing

@testable import DispatchServer

@Suite("Failed attempts")
struct FailedAttemptsTests {
    private let start = Timestamp(microseconds: 0)

    @Test("After ten of them an address waits for the rest of the minute, and only that address")
    func addressWaits() {
        var attempts = FailedAttempts()
        for second in 0..<9 { attempts.failed("192.0.2.1", at: start + .seconds(Int64(second))) }
        #expect(attempts.wait("192.0.2.1", at: start + .seconds(9)) == nil)
        attempts.failed("192.0.2.1", at: start + .seconds(9))
        #expect(attempts.wait("192.0.2.1", at: start + .seconds(10)) == .seconds(50))
        #expect(attempts.wait("192.0.2.2", at: start + .seconds(10)) == nil)
        #expect(attempts.wait("192.0.2.1", at: start + .seconds(60)) == nil)
    }

    @Test("A minute later the count begins anew")
    func countBeginsAnew() {
        var attempts = FailedAttempts()
        for _ in 0..<10 { attempts.failed("192.0.2.1", at: start) }
        attempts.failed("192.0.2.1", at: start + .seconds(61))
        #expect(attempts.wait("192.0.2.1", at: start + .seconds(61)) == nil)
    }

    @Test("Of very many addresses the oldest is forgotten, the newest is not")
    func oldestIsForgotten() {
        var attempts = FailedAttempts()
        for address in 0...FailedAttempts.mostAddresses {
            for _ in 0..<10 { attempts.failed("\(address)", at: start + .milliseconds(Int64(address))) }
        }
        let now = start + .seconds(10)
        #expect(attempts.wait("0", at: now) == nil)
        #expect(attempts.wait("1", at: now) != nil)
        #expect(attempts.wait("\(FailedAttempts.mostAddresses)", at: now) != nil)
    }
}
