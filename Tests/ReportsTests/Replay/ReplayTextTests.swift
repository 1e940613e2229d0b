import Analysis
import Base
import DemandResponse
import DispatchStore
import Reports
import Simulation
import TestSupport
import Testing

/// What `replay` prints, word for word.
@Suite struct ReplayTextTests {
    /// Of an evening that other rules decided.
    private func replay(_ change: PlantedChange?, style: TerminalStyle = TerminalStyle()) async throws -> String {
        let evening = try await run(scenario: RehearsedEvening.everything, as: "evening", planting: change)
        let database = try RunRecord.openUnproven(at: evening.record)
        defer { try? database.close() }
        var replay = try Replay(database, mode: .decisions)
        let summary = try ReplaySummary(replay.run(), of: database, version: "later", duration: .milliseconds(44))
        return ReplayReport(summary, style: style).text.replacing(database.path, with: "reports/evening/record.sqlite")
    }

    @Test func `rules that decide the same`() async throws {
        let text = try await replay(nil)
        #expect(text == Self.equal)
    }

    @Test func `a customer who was passed over is dispatched now, in one sentence`() async throws {
        let text = try await replay(.passesOver(17))
        #expect(text == Self.extra)
    }

    @Test func `other words are told side by side`() async throws {
        let text = try await replay(.otherWords("Please curtail from {start} to {end}."))
        #expect(text == Self.words)
    }

    @Test func `the same in fifty columns of ASCII`() async throws {
        let text = try await replay(.takesDeclinesForAcceptances, style: TerminalStyle(hasUnicode: false, width: 50))
        #expect(text == Self.narrow)
        #expect(text.split(separator: "\n").allSatisfy { $0.count <= 50 })
        let isASCII = text.allSatisfy(\.isASCII)
        #expect(isASCII)
    }
}

extension ReplayTextTests {
    private static let equal = """
        Replay of Everything                                                       EQUAL
        decisions · 112 inputs, 290 effects · format 2 · version test by later · 44.0 ms

        """

    private static let extra = """
        Replay of Everything                                                     DIFFERS
        decisions · 52 inputs, 168 effects · format 2 · version test by later · 44.0 ms

        First           dispatch by email is new
          when          2019-08-28T03:46:00Z, +16 m 00 s, row 44
          whom          customer 17 (Walmart)
          what          incident peak
          state         recorded    –
                        this build  sending
          message       recorded    –
                        this build  Dear Voltan, You have been dispatched as part of the
                                    Program "Cool Mornings". Please have your full
                                    curtailment plan in effect between the hours of
                                    21:00 and 22:00
          modification  recorded    –
                        this build  0

        What led there
           #1  +0 s        the server started
           #2  +0 s        roster replaced: 1 program, 11 customers
          #41  +200 ms     session 8 joined as customer 17
          #44  +16 m 00 s  incident requested: program 1, market_dispatch, 21:00 to
                           22:00

        Differences     39 inputs have other effects
          ✗ customer 17, incidents peak and second: is now dispatched by email, text,
            websocket; was not dispatched
          ✗ incident second: the change 1 cancellation is new: CANCELLED: THIS IS A
            DRILL. Dear Voltan, You have been dispa…

        Record  reports/evening/record.sqlite

        """

    private static let words = """
        Replay of Everything                                                     DIFFERS
        decisions · 112 inputs, 290 effects · format 2 · version test by later · 44.0 ms

        First           dispatch by websocket has changed
          when          2019-08-28T03:46:00Z, +16 m 00 s, row 44
          whom          customer 1 (Site 1)
          what          incident peak
          message       recorded    Please curtail from 21:00 to 22:00.
                        this build  Dear Voltan, You have been dispatched as part of the
                                    Program "Cool Mornings". Please have your full
                                    curtailment plan in effect between the hours of
                                    21:00 and 22:00

        What led there
           #1  +0 s        the server started
           #2  +0 s        roster replaced: 1 program, 11 customers
          #20  +200 ms     session 1 joined as customer 1
          #44  +16 m 00 s  incident requested: program 1, market_dispatch, 21:00 to
                           22:00

        Differences     26 inputs have other effects
          ✗ incident peak: the message now says "Dear Voltan, You have been dispatched
            as part of the Program "Cool …"; said "Please curtail from 21:00 to 22:00."
          ✗ incident second: the message now says "THIS IS A DRILL. Dear Voltan, You
            have been dispatched as part …"; said "words that are no longer known, with
            the digest 15564208959544924271"
          ✗ incident second: the change 1 message now says "… DRILL. Dear Voltan, You
            have been dispatched as part of the Program …"; said "… DRILL. Please
            curtail from 21:20 to 22:10."
          ✗ incident second: the change 1 cancellation now says "… DRILL. Dear Voltan,
            You have been dispatched as part of the Program …"; said "… DRILL. Please
            curtail from 21:20 to 22:10."

        Record  reports/evening/record.sqlite

        """

    private static let narrow = """
        Replay of Everything                       DIFFERS
        decisions | 112 inputs, 290 effects | format 2 |
        version test by later | 44.0 ms

        First           acknowledgement has changed
          when          2019-08-28T03:47:00.080000Z, +17 m
                        00 s, row 105
          whom          customer 3 (Site 3)
          what          incident peak
          answer        recorded    accepted by Site 3
                                    operator, which says
                                    Wed, 28 Aug 2019
                                    03:47:00 GMT
                        this build  declined by Site 3
                                    operator, which says
                                    Wed, 28 Aug 2019
                                    03:47:00 GMT

        What led there
            #1  +0 s        the server started
            #2  +0 s        roster replaced: 1 program, 11
                            customers
           #26  +200 ms     session 3 joined as customer 3
           #44  +16 m 00 s  incident requested: program 1,
                            market_dispatch, 21:00 to
                            22:00
           #74  +16 m 00 s  delivery reports: websocket,
                            attempt 1, sent
          #105  +17 m 00 s  session 3 answered: declines,
                            by Site 3 operator,
                            modification 0

        Differences     3 inputs have other effects
          FAILED customer 3, incidents peak and second:
                 the answer is now declined in time by
                 {name} operator; was acknowledged in time
                 by {name} operator
          FAILED customer 3, incident second: the answer
                 to change 1 is now declined in time by
                 {name} operator; was acknowledged in time
                 by {name} operator

        Record  reports/evening/record.sqlite

        """
}
