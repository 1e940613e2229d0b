import DemandResponse
import NIOCore
import Testing

@testable import DispatchServer

@Suite("What is written down of refusals") struct DenialSummaryTests {
    private let start = NIODeadline.uptimeNanoseconds(1_000_000_000)

    private func denial(_ address: String = "192.0.2.1", _ reason: String = "no") -> AccessDenial {
        AccessDenial(subject: "connect", address: address, token: "0123456789abcdef", reason: reason)
    }

    @Test func `the first ones of an address are kept whole, the others counted once a minute`() {
        var summary = DenialSummary()
        var written: [AccessDenial] = []
        for _ in 0..<100_000 { written += summary.add(denial(), at: start) }
        #expect(written == [AccessDenial](repeating: denial(), count: DenialSummary.mostWhole))
        #expect(summary.due(at: start + .seconds(59)) == [])
        let counts = summary.due(at: start + .seconds(60))
        #expect(counts.map(\.times) == [100_000 - DenialSummary.mostWhole])
        #expect(counts.first?.address == "192.0.2.1")
        #expect(counts.first?.token == nil)
        #expect(counts.first?.reason.contains("99990 more times") ?? false)
    }

    @Test func `who goes on is only counted, who was quiet for a minute is kept whole again`() {
        var summary = DenialSummary()
        for _ in 0..<20 { _ = summary.add(denial(), at: start) }
        #expect(summary.add(denial(), at: start + .seconds(61)).map(\.times) == [10])
        #expect(summary.add(denial(), at: start + .seconds(62)) == [])
        #expect(summary.due(at: start + .seconds(121)).map(\.times) == [2])
        #expect(summary.due(at: start + .seconds(181)) == [])
        #expect(summary.add(denial(), at: start + .seconds(182)) == [denial()])
    }

    @Test func `nothing is lost at the end`() {
        var summary = DenialSummary()
        for _ in 0..<11 { _ = summary.add(denial(), at: start) }
        #expect(summary.due(at: start, isLast: true).map(\.times) == [1])
    }

    @Test func `very many addresses are counted as one`() {
        var summary = DenialSummary()
        var written = 0
        for number in 0..<20_000 { written += summary.add(denial("\(number)"), at: start).count }
        #expect(written == DenialSummary.mostAddresses + DenialSummary.mostWhole)
        let counts = summary.due(at: start + .minutes(1))
        #expect(counts.map(\.address) == [DenialSummary.others])
        #expect(counts.first?.times == 20_000 - DenialSummary.mostAddresses - DenialSummary.mostWhole)
    }
}
