import Scenarios
import Testing

@Suite("Mistakes in a scenario")
struct MistakeTests {
    @Test("the sample that is spoilt has none")
    func sampleIsValid() {
        #expect(Sample.read().rendered == "")
        #expect(Sample.read().value != nil)
    }

    @Test("each is reported at its place, with what to do", arguments: Mistake.all)
    func isReported(_ mistake: Mistake) {
        let reading = Sample.read(mistake.old, mistake.new)
        let found = reading.diagnostics.filter { $0.severity == .error }.map {
            "\($0.line):\($0.column): \($0.message) | \($0.suggestion ?? "")"
        }
        #expect(found.count == mistake.expected.count, "\(reading.rendered)")
        for (found, expected) in zip(found, mistake.expected) {
            let parts = expected.split(separator: " | ")
            #expect(found.hasPrefix(parts[0]), "\(found)")
            if parts.count > 1 { #expect(found.contains(parts[1]), "\(found)") }
        }
        #expect((reading.value == nil) == !mistake.expected.isEmpty)
    }

    @Test("a misspelt key is not also a missing one")
    func misspeltKeyIsNotMissing() {
        #expect(Sample.read("seed: 7", "sed: 7").diagnostics.count == 1)
    }

    @Test("one mistake does not cause reports about what depends on it")
    func noConsequences() {
        #expect(Sample.read("{id: 1, name: Mornings", "{id: one, name: Mornings").diagnostics.count == 1)
        #expect(Sample.read("{id: peak, program", "{id: [], program").diagnostics.count == 1)
        #expect(Sample.read("{ids: 1000..1009", "{ids: 1000").diagnostics.count == 1)
        #expect(Sample.read("starts: 2019-08-27T20:30:00-07:00", "starts: now").diagnostics.count == 1)
    }

    @Test("all of a file are reported, in its order")
    func allAtOnce() {
        var text = Sample.text
        for mistake in [Mistake.syntactic[0], Mistake.syntactic[3], Mistake.semantic[8]] {
            text = text.split(separator: mistake.old, omittingEmptySubsequences: false).joined(separator: mistake.new)
        }
        let lines = Sample.read(text).diagnostics.map(\.line)
        #expect(lines == [3, 17, 28])
    }
}
