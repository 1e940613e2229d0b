import Base
import DemandResponse
import DispatchStore
import Journal
import Reports
import TestSupport
import Testing
import Measures

@Suite struct RunSummaryTests {
    private let scratch: Scratch

    init() throws { scratch = try Scratch() }

    @Test func aRecordIsSummarisedAsItIs() throws {
        let summary = try SampleRun().summary(in: scratch)
        #expect(summary.status == .allHeld)
        #expect(summary.statuses == [.allHeld])
        #expect(summary.overall.counts.dispatches == 122)
        #expect(summary.overall.counts.customers == 121)
        #expect(summary.overall.counts.acknowledged == 117)
        #expect(summary.overall.counts.undeliverable == 1)
        #expect(summary.programs.map(\.label) == ["1", "2"])
        #expect(summary.programs.map(\.name) == ["Green Mountain Energy Cool Mornings", "Funny Games Power Saver"])
        #expect(summary.channels.map(\.label) == ["email", "websocket"])
        #expect(summary.incidents.map(\.name) == ["peak", "games"])
        #expect(summary.simulated == .hours(2))
        #expect(summary.dispatchesPerSecond == 122 / 0.84)
    }

    /// Site n of 120 answers n seconds after the dispatch, but for the last three.
    @Test func latenciesCarryThoseWhoNeverAnswered() throws {
        let latency = try SampleRun().summary(in: scratch).channels[1].group.acknowledgement
        #expect(latency.count == 120)
        #expect(latency.never == 3)
        #expect(latency[.min] == .span(.seconds(1)))
        #expect(latency[.p50] == .span(.seconds(60)))
        #expect(latency[.p95] == .span(.seconds(114)))
        #expect(latency[.p99] == .never)
        #expect(latency[.p999] == .withheld(needed: 1_000))
        #expect(latency[.max] == .never)
    }

    @Test func aHistoryAtHandSaysTheSame() throws {
        let database = try SampleRun().write(to: scratch.file())
        let one = try RunSummary(record: database, history: database.readHistory())
        let other = try RunSummary(record: database)
        #expect(one.overall == other.overall)
        #expect(one.programs == other.programs)
        #expect(one.recordPath == scratch.file())
    }

    @Test func everyStatusThatAppliesIsNamed() throws {
        var run = SampleRun()
        run.expectations = SampleRun.failing
        run.checks = SampleRun.broken
        run.verdict = .violated
        let summary = try run.summary(in: scratch, decisions: SampleRun.deciding(1))
        #expect(summary.statuses == [.invariantBroken, .decisionsDiffer, .expectationFailed])
        #expect(summary.status == .invariantBroken)
    }

    @Test func aVerdictThatIsWorseThanTheFindingsCounts() throws {
        var run = SampleRun()
        run.verdict = .violated
        #expect(try run.summary(in: scratch).status == .invariantBroken)
        run.verdict = .failed
        #expect(try run.summary(in: scratch).status == .expectationFailed)
    }

    @Test func aRunThatWasBrokenOffIsAnInternalError() throws {
        var run = SampleRun()
        run.verdict = nil
        #expect(try run.summary(in: scratch).status == .internalError)
    }

    @Test func aServersDatabaseIsNoRecord() throws {
        try ServerDatabase.open(at: scratch.file()).close()
        let error = #expect(throws: StoreError.self) { try RunSummary(record: .open(at: scratch.file())) }
        #expect(error?.message == "this is a server's database, not the record of a run")
    }
}
