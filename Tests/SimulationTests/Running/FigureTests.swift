import DispatchStore
import Measures
import Simulation
import TestSupport
import Testing

/// Figures of one modification, and of one attempt: the same while a run is recorded and when its record is read back.
@Suite struct FigureTests {
    /// Ten sites are dispatched, all answer within half a minute; then the end is put off, and half of them answer again. A text fails for
    /// now the first time for all, the second time for the first three, and then for good.
    private static let scenario = """
        name: Figures
        seed: 1
        starts: 2024-06-03T16:00:00-07:00
        lasts: 60m
        programs: [{id: 1, name: Cool Mornings}]
        customers:
          - {ids: 1..10, name: "Site {id}", program: 1, channels: [websocket]}
          - {ids: 11..20, name: "House {id}", program: 1, phone: "+16175550100", channels: [text]}
        clients:
          - {of: {customers: 1..5}, acknowledges: {after: 30s}}
          - {of: {customers: 6..10}, acknowledges: {after: 30s, modification: 0}}
        carriers:
          text:
            delay: 1s
            except:
              - {of: all, attempt: 1, fails: 100%}
              - {of: {customers: 11..13}, attempt: 2, fails: {share: 100%, kind: permanent}}
        timeline:
          - {at: 16:05, incident: {id: peak, program: 1, event_type: market_dispatch, start: 16:30, end: 16:40}}
          - {at: 16:15, modify: {incident: peak, end: 16:50}}
        expect:
          - dispatches == 20
          - dispatches{modification:0} == 20
          - dispatches{modification:2} == 0
          - acknowledged == 5
          - acknowledged{modification:0} == 10
          - acknowledged{modification:1} == 5
          - acknowledged{modification:0, channel:websocket} == 100%
          - acknowledgement_latency{modification:0, channel:websocket}.max == 30s
          - acknowledgement_latency{modification:1, channel:websocket}.max > 1h
          - delivered == 17
          - delivered{channel:text, attempt:1} == 0
          - failed{channel:text, attempt:1} == 100%
          - failed{channel:text, attempt:2} == 3
          - delivered{channel:text, attempt:2, modification:0} == 70%
          - delivered{channel:text, attempt:3} == 0
          - delivery_latency{channel:text, attempt:2}.count == 10
        """

    @Test func `each is counted where it happened`() async throws {
        let run = try await run(scenario: Self.scenario)
        #expect(run.outcome.expectations.filter { !$0.held } == [])
        #expect(run.outcome.checks.flatMap(\.violations) == [])
    }

    @Test func `a record that is read back has the same`() async throws {
        let run = try await run(scenario: Self.scenario)
        let kept = Measurements(run.outcome.history)
        let read = Measurements(try RunRecord.openUnproven(at: run.record).readHistory())
        for modification in [nil, 0, 1, 2] {
            for attempt in [nil, 1, 2, 3] {
                let selection = Selection(modification: modification, attempt: attempt)
                for what in RecordCount.allCases {
                    #expect(read.count(what, selection) == kept.count(what, selection), "\(what) \(selection)")
                }
                #expect(read.latencies(.delivery, selection) == kept.latencies(.delivery, selection))
            }
            let selection = Selection(modification: modification)
            for what in CustomerCount.allCases { #expect(read.count(what, selection) == kept.count(what, selection)) }
            for what in [Latency.acknowledgement, .confirmation] {
                #expect(read.latencies(what, selection) == kept.latencies(what, selection))
            }
        }
    }
}
