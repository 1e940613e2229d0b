import NIOCore
import SocketIO
import Testing

@testable import DispatchServer

@Suite struct RequestRatesTests {
    private let start = NIODeadline.uptimeNanoseconds(1_000_000_000)

    private func expect(_ wait: TimeAmount?, isNil: Bool, _ location: SourceLocation = #_sourceLocation) {
        #expect((wait == nil) == isNil, sourceLocation: location)
    }

    @Test func `each address has its own rate`() {
        var rates = RequestRates(RateLimit(perSecond: 1, burst: 2), at: start)
        for address in ["192.0.2.1", "192.0.2.2"] {
            for _ in 0..<2 { expect(rates.take(address, isChange: false, at: start), isNil: true) }
            let wait = rates.take(address, isChange: false, at: start)
            #expect(wait == .seconds(1))
        }
        expect(rates.take("192.0.2.1", isChange: false, at: start + .seconds(1)), isNil: true)
    }

    @Test func `the last tenth of a burst is for changes`() {
        var rates = RequestRates(RateLimit(perSecond: 1, burst: 20), at: start)
        for _ in 0..<18 { expect(rates.take("a", isChange: false, at: start), isNil: true) }
        expect(rates.take("a", isChange: false, at: start), isNil: false)
        for _ in 0..<2 { expect(rates.take("a", isChange: true, at: start), isNil: true) }
        expect(rates.take("a", isChange: true, at: start), isNil: false)
    }

    @Test func `more addresses than are kept share one rate, until others are at rest again`() {
        var rates = RequestRates(RateLimit(perSecond: 1, burst: 1), at: start)
        for number in 0..<RequestRates.mostAddresses {
            expect(rates.take("\(number)", isChange: false, at: start), isNil: true)
        }
        expect(rates.take("x", isChange: false, at: start), isNil: true)
        expect(rates.take("y", isChange: false, at: start), isNil: false)
        let later = start + .seconds(2)
        for address in ["x", "y"] { expect(rates.take(address, isChange: false, at: later), isNil: true) }
    }
}
