import Scenarios
import Testing

/// What people who write their first scenarios get wrong, and what they are told, in full.
@Suite("Common mistakes, as people see what is said of them")
struct CommonMistakeTests {
    private static let text = """
        name: Sample
        seed: 7
        starts: 2019-08-27T20:30:00-07:00
        lasts: 2h
        programs:
          - {id: 1, name: Mornings, time_zone: America/Los_Angeles}
        customers:
          - {id: 1, name: Site, program: 1, channels: [websocket]}
          - {ids: 2..9, name: "Site {id}", program: 1, channels: [websocket]}
        clients:
          - of: all
            acknowledges: {after: uniform(30s, 5m)}
        timeline:
          - at: 20:45
            incident: {id: peak, program: 1, event_type: market_dispatch, start: 21:00, end: 22:00}
        expect:
          - dispatches == 9

        """

    struct Case: Sendable, CustomTestStringConvertible {
        var old: String
        var new: String
        var rendered: String

        init(_ old: String, _ new: String, _ rendered: String) {
            self.old = old
            self.new = new
            self.rendered = rendered
        }

        var testDescription: String { "\(old) → \(new)" }
    }

    @Test("the scenario that is spoilt has none")
    func sound() {
        #expect(ScenarioReader.read(text: Self.text, path: "day.yaml").rendered == "")
    }

    @Test("point at the cause and name the cure", arguments: quotes + brackets + blanks + texts + values)
    func rendered(_ mistake: Case) {
        let parts = Self.text.split(separator: mistake.old, omittingEmptySubsequences: false)
        #expect(parts.count == 2)
        let text = parts.joined(separator: mistake.new)
        #expect(ScenarioReader.read(text: text, path: "day.yaml").rendered == mistake.rendered)
    }

    private static let quotes = [
        Case(
            "  - dispatches == 9",
            "  - {expect: dispatches == 9, known: {issue: #12, until: 2027-01-31, why: x}}",
            """
            day.yaml:17:46: error: not YAML: what begins with '#' is a comment, and so is the rest of the line
              - {expect: dispatches == 9, known: {issue: #12, until: 2027-01-31, why: x}}
                                                         ^
            help: put the text in quotes: "#12"
            """
        ),
        Case(
            "\"Site {id}\"",
            "\"Site {id}",
            """
            day.yaml:9:23: error: not YAML: the quote that begins here is never closed
              - {ids: 2..9, name: "Site {id}, program: 1, channels: [websocket]}
                                  ^
            help: put another " where the text ends
            """
        ),
        Case(
            "name: Site,",
            "name: 'It''s Site,",
            """
            day.yaml:8:19: error: not YAML: the quote that begins here is never closed
              - {id: 1, name: 'It''s Site, program: 1, channels: [websocket]}
                              ^
            help: put another ' where the text ends
            """
        ),
        Case(
            "name: Mornings,",
            "name: \"Mornings,",
            """
            day.yaml:6:19: error: not YAML: the quote that begins here is closed only on line 9
              - {id: 1, name: "Mornings, time_zone: America/Los_Angeles}
                              ^
            help: put another " where the text ends
            """
        ),
    ]

    private static let brackets = [
        Case(
            "Los_Angeles}",
            "Los_Angeles",
            """
            day.yaml:6:5: error: not YAML: the '{' that begins here is never closed
              - {id: 1, name: Mornings, time_zone: America/Los_Angeles
                ^
            help: put a '}' where it ends
            """
        ),
        Case(
            "uniform(30s, 5m)}",
            "uniform(30s, 5m)",
            """
            day.yaml:12:19: error: not YAML: the '{' that begins here is never closed
                acknowledges: {after: uniform(30s, 5m)
                              ^
            help: put a '}' where it ends
            """
        ),
        Case(
            "Site, program: 1, channels: [websocket]",
            "Site, program: 1, channels: [websocket",
            """
            day.yaml:8:47: error: not YAML: the '[' that begins here is not closed before a '}'
              - {id: 1, name: Site, program: 1, channels: [websocket}
                                                          ^
            help: put a ']' where it ends
            """
        ),
    ]

    private static let blanks = [
        Case(
            "lasts: 2h",
            "lasts:5h",
            """
            day.yaml:4:7: error: not YAML: a space is missing after the colon of 'lasts'
            lasts:5h
                  ^
            help: write lasts: 5h
            """
        ),
        Case(
            "name: Sample",
            "name:Sample",
            """
            day.yaml:1:6: error: not YAML: a space is missing after the colon of 'name'
            name:Sample
                 ^
            help: write name: Sample
            """
        ),
        Case(
            "end: 22:00",
            "end:22:00",
            """
            day.yaml:15:85: error: incident: a space is missing after the colon of 'end'
                incident: {id: peak, program: 1, event_type: market_dispatch, start: 21:00, end:22:00}
                                                                                                ^
            help: write end: 22:00
            """
        ),
        Case(
            "- of: all\n    acknowledges: {after: uniform(30s, 5m)}",
            "- of:all",
            """
            day.yaml:11:8: error: client rule: a space is missing after the colon of 'of'
              - of:all
                   ^
            help: write of: all
            """
        ),
        Case(
            "    acknowledges",
            "\u{A0}\u{A0}\u{A0}\u{A0}acknowledges",
            """
            day.yaml:12:1: error: scenario: a no-break space (U+00A0) stands where a space belongs
            \u{A0}\u{A0}\u{A0}\u{A0}acknowledges: {after: uniform(30s, 5m)}
            ^
            help: type a space in its place; text that was copied from a page often brings such characters
            """
        ),
        Case(
            "  - of",
            " \u{A0}- of",
            """
            day.yaml:11:2: error: not YAML: a no-break space (U+00A0) stands where a space belongs
             \u{A0}- of: all
             ^
            help: type a space in its place; text that was copied from a page often brings such characters
            """
        ),
        Case(
            "of: all",
            "of:\u{A0}all",
            """
            day.yaml:11:8: error: not YAML: a no-break space (U+00A0) stands where a space belongs
              - of:\u{A0}all
                   ^
            help: type a space in its place; text that was copied from a page often brings such characters
            """
        ),
    ]

    private static let texts = [
        Case(
            "name: Sample",
            "name: {id} Site  # to be numbered",
            """
            day.yaml:1:7: error: not YAML: text that begins with '{' is taken for a mapping
            name: {id} Site  # to be numbered
                  ^
            help: put all of it in quotes: "{id} Site"
            """
        ),
        Case(
            "name: Site,",
            "name: {id} Site,",
            """
            day.yaml:8:19: error: not YAML: text that begins with '{' is taken for a mapping
              - {id: 1, name: {id} Site, program: 1, channels: [websocket]}
                              ^
            help: put all of it in quotes: "{id} Site"
            """
        ),
        Case(
            "name: Sample",
            "name: [draft] Sample",
            """
            day.yaml:1:7: error: not YAML: text that begins with '[' is taken for a list
            name: [draft] Sample
                  ^
            help: put all of it in quotes: "[draft] Sample"
            """
        ),
        Case(
            "name: Sample",
            "name: \"Small\" sample",
            """
            day.yaml:1:7: error: not YAML: more text follows a text in quotes
            name: "Small" sample
                  ^
            help: put all of it in quotes: '"Small" sample'
            """
        ),
        Case(
            "name: \"Site {id}\", program",
            "name: \"Site {id}\" program",
            """
            day.yaml:9:35: error: not YAML: a comma is missing before 'program'
              - {ids: 2..9, name: "Site {id}" program: 1, channels: [websocket]}
                                              ^
            help: the keys in {…} are separated by commas
            """
        ),
        Case(
            "name: Sample",
            "name: Test: one",
            """
            day.yaml:1:11: error: not YAML: a colon and a space within a text are taken for a key's
            name: Test: one
                      ^
            help: put the text in quotes: "Test: one"
            """
        ),
        Case(
            "name: Site,",
            "name: Test: one,",
            """
            day.yaml:8:23: error: not YAML: a colon and a space within a text are taken for a key's
              - {id: 1, name: Test: one, program: 1, channels: [websocket]}
                                  ^
            help: put the text in quotes: "Test: one"
            """
        ),
        Case(
            "name: Site, program",
            "name: Site program",
            """
            day.yaml:8:31: error: not YAML: a colon and a space within a text are taken for a key's
              - {id: 1, name: Site program: 1, channels: [websocket]}
                                          ^
            help: put a comma before 'program' if that is a key; else put the text in quotes: "Site program: 1"
            """
        ),
    ]

    private static let values = [
        Case(
            "end: 22:00}",
            "end: 22:00, test: yes}",
            """
            day.yaml:15:99: error: expected true or false, found the text 'yes'
                incident: {id: peak, program: 1, event_type: market_dispatch, start: 21:00, end: 22:00, test: yes}
                                                                                                              ^
            help: write true
            """
        ),
        Case(
            "Site, program: 1, channels: [websocket]",
            "Site, program: 1, channels: websocket",
            """
            day.yaml:8:47: error: expected a list, found the text 'websocket'
              - {id: 1, name: Site, program: 1, channels: websocket}
                                                          ^
            help: write a list: [websocket]
            """
        ),
        Case(
            "  - dispatches == 9",
            "  dispatches: 9",
            """
            day.yaml:17:3: error: expected a list, found a mapping
              dispatches: 9
              ^
            help: write a list, a dash before each element: - dispatches == 1004
            """
        ),
        Case(
            "  - dispatches == 9",
            "  acknowledged{program:1} >= 94%",
            """
            day.yaml:17:3: error: expected a list, found the text 'acknowledged{program:1} >= 94%'
              acknowledged{program:1} >= 94%
              ^
            help: write a list, a dash before each element: - acknowledged{program:1} >= 94%
            """
        ),
        Case(
            "  - of: all\n    acknowledges",
            "  - acknowledges",
            """
            day.yaml:11:5: error: client rule: missing 'of'
              - acknowledges: {after: uniform(30s, 5m)}
                ^
            help: of: Whom the rule is about. For everybody write of: all
            """
        ),
        Case(
            "30s, 5m",
            "30s-5m",
            """
            day.yaml:12:27: error: uniform takes 2 parameters
                acknowledges: {after: uniform(30s-5m)}
                                      ^
            help: write uniform(30s, 5m)
            """
        ),
        Case(
            "uniform(30s, 5m)",
            "lognormal(90s to 6m)",
            """
            day.yaml:12:27: error: lognormal takes 2 parameters
                acknowledges: {after: lognormal(90s to 6m)}
                                      ^
            help: write lognormal(median 90s, p95 6m)
            """
        ),
        Case(
            "dispatches == 9",
            "dispatches{incident=\"peak\"} == 9",
            """
            day.yaml:17:24: error: expected ':' and a value after the label 'incident'
              - dispatches{incident="peak"} == 9
                                   ^
            help: write incident:peak
            """
        ),
    ]
}
