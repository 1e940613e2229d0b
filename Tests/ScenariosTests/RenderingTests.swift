import Scenarios
import Testing

@Suite("Diagnostics as people see them")
struct RenderingTests {
    /// Misspelt, missing, mistyped, undefined, and out of the run.
    private static let spoilt = """
        name: Spoilt
        seeds: 7
        starts: 2019-08-27T20:30:00-07:00
        lasts: 2h
        programs:
          - {id: 1, name: Mornings, acknowlege_within: 10m}
        customers:
          - {id: 1, name: "Kéroche 北京 🍷", program: 3, channels: [email, sms]}
        clients:
          - of: {program: 1}
            acknowledges: {after: lognormal(median 90s, p95 6x)}
        timeline:
          - {at: 23:45, incident: {id: peak, program: 1, event_type: market_dispatch, start: 21:00, end: 20:45}}
        expect:
          - acknowledged{program:1} >= 94% witin 10m
          - delivery_latency{incident:peek}.p95 < 7m

        """

    private static let rendered = """
        spoilt.yaml:2:1: error: scenario: unknown key 'seeds'
        seeds: 7
        ^
        help: did you mean 'seed'? (known keys: name, description, tags, matrix, seed, starts, lasts, server, include, programs, customers, \
        clients, carriers, timeline, faults, expect)

        spoilt.yaml:6:29: error: program: unknown key 'acknowlege_within'
          - {id: 1, name: Mornings, acknowlege_within: 10m}
                                    ^
        help: did you mean 'acknowledge_within'? (known keys: id, name, time_zone, acknowledge_within, message, retries, limits, seasons, holidays, emergency, binding)

        spoilt.yaml:8:44: error: there is no program 3
          - {id: 1, name: "Kéroche 北京 🍷", program: 3, channels: [email, sms]}
                                                      ^
        help: known programs: 1

        spoilt.yaml:8:65: error: 'sms' is not a channel
          - {id: 1, name: "Kéroche 北京 🍷", program: 3, channels: [email, sms]}
                                                                           ^
        help: known channels: email, text, websocket, voice, webhook

        spoilt.yaml:11:53: error: 'x' is not a unit of time
            acknowledges: {after: lognormal(median 90s, p95 6x)}
                                                            ^
        help: known units: d, h, m, s, ms, us

        spoilt.yaml:13:10: error: 2019-08-27T23:45:00-07:00 is after the end of the run
          - {at: 23:45, incident: {id: peak, program: 1, event_type: market_dispatch, start: 21:00, end: 20:45}}
                 ^
        help: the run is from 2019-08-27T20:30:00-07:00 to 2019-08-27T22:30:00-07:00

        spoilt.yaml:13:98: error: the incident ends before it starts
          - {at: 23:45, incident: {id: peak, program: 1, event_type: market_dispatch, start: 21:00, end: 20:45}}
                                                                                                         ^
        help: it would be from 2019-08-27T21:00:00-07:00 to 2019-08-27T20:45:00-07:00

        spoilt.yaml:15:36: error: 'witin' follows the value
          - acknowledged{program:1} >= 94% witin 10m
                                           ^
        help: only 'within' and a duration can

        spoilt.yaml:16:31: error: there is no incident 'peek'
          - delivery_latency{incident:peek}.p95 < 7m
                                      ^
        help: did you mean 'peak'? (known incidents: peak)
        """

    @Test("all of a file at once, each with its line, a caret and help")
    func wholeFile() {
        let reading = ScenarioReader.read(text: Self.spoilt, path: "spoilt.yaml")
        #expect(reading.rendered == Self.rendered)
    }

    @Test(
        "a caret stands under its column whatever is left of it",
        arguments: [
            ("name: x", 7, 6), ("\tname", 2, 4), ("a\t\tb", 4, 9), ("é北: x", 5, 5), ("e\u{301}: x", 5, 3),
            ("🍷🍷 x", 4, 5), ("x", 9, 1), ("a\u{1B}[31m", 3, 2), ("👩‍👩‍👧 x", 7, 3),
        ]
    )
    func caret(_ line: String, _ column: Int, _ caret: Int) {
        #expect(Excerpt(line: line[...], column: column).caret == caret)
    }

    @Test("of a long line the part around the caret is shown", arguments: [1, 60, 119, 120, 500, 940, 1_000, 1_001])
    func longLine(_ column: Int) {
        let line = String((0..<1_000).map { Character(String($0 % 10)) })
        let excerpt = Excerpt(line: line[...], column: column)
        #expect(excerpt.text.count <= 120)
        #expect(excerpt.text.count >= 100)
        let shown = Array(excerpt.text)
        #expect(excerpt.caret <= shown.count)
        if column <= 1_000 { #expect(shown[excerpt.caret] == Character(String((column - 1) % 10))) }
    }

    @Test("a short line is shown whole")
    func shortLine() {
        let line = String(repeating: "x", count: 119)
        #expect(Excerpt(line: line[...], column: 60).text == line)
    }

    @Test("nothing that a terminal would obey is shown")
    func controlCharacters() {
        #expect(Excerpt(line: "a\u{1B}]0;b\u{7}\u{202E}c", column: 1).text == "a\u{FFFD}]0;b\u{FFFD}\u{FFFD}c")
    }
}
