extension Mistake {
    /// Mistakes that reader and schema see alike, one or more of each kind.
    static let syntactic: [Mistake] = [
        // Keys
        Mistake("seed: 7", "seeds: 7", "3:1: scenario: unknown key 'seeds' | did you mean 'seed'?"),
        Mistake(
            "acknowledge_within:",
            "acknowlege_within:",
            "8:61: program: unknown key 'acknowlege_within' | did you mean 'acknowledge_within'?"
        ),
        Mistake("{id: 5, name: Games}", "{id: 5, name: Games, <<: {}}", "9:26: program: unknown key '<<' | merge keys"),
        Mistake("jitter: 15ms", "jitters: 15ms", "17:25: link: unknown key 'jitters' | did you mean 'jitter'?"),
        Mistake(
            "  email: {delay",
            "  websocket: {delay",
            "24:3: carriers: unknown key 'websocket' | known keys: email, text, voice, webhook"
        ),
        Mistake("seed: 7\n", "", "1:1: scenario: missing 'seed'"),
        Mistake(
            "{id: 5, name: Games}",
            "{id: 5, name: Games, retries: {}}",
            "9:35: retries: missing 'times', 'first' or 'at_most' | at least one of them"
        ),
        Mistake(
            "{id: 5, name: Games}",
            "{id: 5, name: Games, retries: {times: 1001}}",
            "9:43: 1001 is not within 0 … 1000"
        ),
        Mistake("name: Nobody, program: 5, ", "", "12:5: customer: missing 'name' and 'program'"),
        Mistake("start: 21:00, ", "", "27:27: incident: missing 'start'"),
        Mistake("{id: 8, ", "{", "12:5: customer: missing 'id' or 'ids' | exactly one of id, ids"),
        Mistake("{id: 8, ", "{id: 8, ids: 8..9, ", "12:5: customer: 'id' and 'ids' exclude each other"),
        Mistake(
            "cancel: peak",
            "cancel: peak, modify: {incident: peak, end: 22:20}",
            "29:5: timeline entry: 'modify' and 'cancel' exclude each other"
        ),
        Mistake(
            "cancel: peak",
            "cancel: peak, recall: peak",
            "29:5: timeline entry: 'cancel' and 'recall' exclude each other"
        ),
        Mistake("cancel: peak", "recal: peak", "29:17: timeline entry: unknown key 'recal' | did you mean 'recall'?"),
        Mistake(
            ", end: 22:10",
            "",
            "28:25: modification: missing 'start', 'end' or 'event_type' | at least one of them"
        ),
        // Types
        Mistake("name: Sample", "name: 12", "1:7: expected text, found the number 12 | put it in quotes: \"12\""),
        Mistake(
            "\"+16175550101\"",
            "+16175550101",
            "11:47: expected text, found the number +16175550101 | put it in quotes"
        ),
        Mistake("name: Sample", "name:", "1:6: expected text, found nothing"),
        Mistake(
            "name: Sample",
            "name: Null",
            "1:7: expected text, found 'Null', which YAML takes for nothing | put it in quotes: \"Null\""
        ),
        Mistake("seed: 7", "seed: 0o17", "3:7: 0o17 is not an unsigned integer of 64 bits | write it as 15"),
        Mistake("lasts: 2h", "lasts: 2 h", "5:8: the duration '2 h' has a blank in it | write it as 2h"),
        Mistake("lasts: 2h", "lasts: 1h 30m", "5:8: the duration '1h 30m' has a blank in it | write it as 1h30m"),
        Mistake("at: 20:45", "at: 8:45 PM", "27:10: '8:45 PM' is a time of the 12-hour clock | write it as 20:45"),
        Mistake("at: 20:45", "at: 12 am", "27:10: '12 am' is a time of the 12-hour clock | write it as 00:00"),
        Mistake(
            "delay: 40ms",
            "delay: empirical(my (1).csv)",
            "17:29: the file's name 'my (1).csv' has parentheses in it | rename the file"
        ),
        Mistake("seed: 7", "seed: seven", "3:7: expected an integer, found the text 'seven'"),
        Mistake("seed: 7", "seed: -1", "3:7: -1 is not an unsigned integer of 64 bits"),
        Mistake("seed: 7", "seed: 18446744073709551616", "3:7: 18446744073709551616 is not an unsigned integer"),
        Mistake("{id: 5, ", "{id: \"5\", ", "9:10: expected an integer, found the text '5'"),
        Mistake(
            "expect:\n  - dispatches == 13\n  - acknowledged{program:1} >= 94% within 10m",
            "expect: 5",
            "30:9: expected a list, found the number 5"
        ),
        Mistake(
            "server: {ping_interval: 25s, ping_timeout: 20s}",
            "server: [25s]",
            "6:9: expected a mapping (ping_interval, ping_timeout), found a list"
        ),
        Mistake("share: 97%", "share: 97%, repeats: 101", "18:79: 101 is not within 1 … 100"),
        Mistake("end: 22:00", "end: 22:00, test: yes", "27:111: expected true or false, found the text 'yes'"),
        // Durations, percentages, instants
        Mistake("lasts: 2h", "lasts: 2", "5:8: expected a duration, found the number 2 | write it as 40ms, 90s"),
        Mistake("lasts: 2h", "lasts: 2 hours", "5:8: 'hours' is not a unit of time"),
        Mistake("lasts: 2h", "lasts: 5m1h", "5:8: the units of '5m1h' are not in order"),
        Mistake("lasts: 2h", "lasts: 1h30", "5:8: the duration '1h30' has no unit"),
        Mistake("lasts: 2h", "lasts: -2h", "5:8: '-2h' is not a duration"),
        Mistake("share: 97%", "share: 0.97", "18:65: expected a percentage, found the number 0.97"),
        Mistake("share: 97%", "share: 101%", "18:65: '101%' is more than 100%"),
        Mistake("loss: 0.1%", "loss: 0.12345%", "17:45: '0.12345%' has more than four decimals"),
        Mistake(
            "starts: 2019-08-27T20:30:00-07:00",
            "starts: 2019-08-27T20:30:00",
            "4:9: '2019-08-27T20:30:00' has no offset from UTC"
        ),
        Mistake("starts: 2019-08-27T20:30:00-07:00", "starts: tomorrow", "4:9: 'tomorrow' is not a timestamp"),
        Mistake("at: 20:45", "at: 25:45", "27:10: '25:45' is not an instant"),
        Mistake("at: 20:45", "at: 08/27/2019 20:45", "27:10: '08/27/2019 20:45' is not an instant"),
        // Distributions
        Mistake(
            "lognormal(median",
            "lognorml(median",
            "18:27: 'lognorml' is not a distribution | did you mean 'lognormal'?"
        ),
        Mistake(
            "median 90s, p95 6m",
            "p95 6m, median 90s",
            "18:37: expected 'median' and a duration, found 'p95 6m' | write it as lognormal(median a, p95 b)"
        ),
        Mistake("median 90s, p95 6m", "median 90s", "18:27: lognormal takes 2 parameters"),
        Mistake("median 90s, p95 6m", "median 90s, p95 6x", "18:53: 'x' is not a unit of time"),
        // Channels, words
        Mistake(
            "[email, text, websocket]",
            "[email, txt, websocket]",
            "11:81: 'txt' is not a channel | did you mean 'text'?"
        ),
        Mistake("[email, text, websocket]", "[email, text, email]", "11:87: the channel 'email' stands twice"),
        Mistake(
            "acknowledges: never",
            "acknowledges: nevr",
            "20:19: 'nevr' is not a way to acknowledge | did you mean 'never'?"
        ),
        Mistake(
            "acknowledges: never",
            "acknowledges: {share: 5%}",
            "20:19: acknowledgement: missing 'after' or 'at' | exactly one of after, at"
        ),
        Mistake(
            "cancel: peak}",
            "cancel: peak, refused: because}",
            "29:40: 'because' is not a reason to refuse | known reasons: unknown-program"
        ),
        Mistake("of: {customer: 1001}", "of: every", "19:9: 'every' is not a selector"),
        Mistake(
            "kind: permanent",
            "kind: for good",
            "25:46: 'for good' is not a kind of failure | known kinds: temporary, permanent"
        ),
        Mistake("ids: 1000..1009", "ids: 1000-1009", "13:11: '1000-1009' is not a range"),
        Mistake("\"Site {id}\"", "\"Site {name}\"", "13:29: nothing is known as {name} here | known names: id"),
        // Expectations
        Mistake("dispatches == 13", "dispatchs == 13", "31:5: unknown metric 'dispatchs' | did you mean 'dispatches'?"),
        Mistake(
            "dispatches == 13",
            "dispatches{site:1} == 13",
            "31:16: unknown label 'site' | known labels: program, group, customer, incident, channel"
        ),
        Mistake(
            "dispatches == 13",
            "delivery_latency.p42 < 1s",
            "31:22: unknown statistic 'p42' | known statistics: min, mean"
        ),
        Mistake("dispatches == 13", "delivery_latency < 1s", "31:21: delivery_latency needs a statistic"),
        Mistake("dispatches == 13", "dispatches.p90 == 13", "31:16: dispatches is no latency and has no p90"),
        Mistake("dispatches == 13", "dispatches == 13%", "31:19: dispatches is a count and has no percentage"),
        Mistake("dispatches == 13", "dispatches == 13s", "31:19: dispatches is compared with a number, not with '13s'"),
        Mistake(
            "dispatches == 13",
            "delivery_latency.p90 < 13",
            "31:28: delivery_latency.p90 is compared with a duration, not with '13'"
        ),
        Mistake(
            "dispatches == 13",
            "delivery_latency.count < 13s",
            "31:30: delivery_latency.count is compared with a number, not with '13s'"
        ),
        Mistake("dispatches == 13", "dispatches = 13", "31:16: '=' does not compare dispatches"),
        Mistake(
            "dispatches == 13",
            "dispatches == 13 within 5m",
            "31:22: dispatches takes no 'within' | only delivered and acknowledged do"
        ),
        Mistake("dispatches == 13", "dispatches contains \"x\"", "31:16: 'contains' does not compare dispatches"),
        Mistake("dispatches == 13", "message contains x", "31:22: expected text in double quotes"),
        Mistake("dispatches == 13", "dispatches{channel:fax} == 13", "31:24: 'fax' is not a channel"),
        Mistake("dispatches == 13", "dispatches{program: 1} == 13", "31:5: expected an expectation, found a mapping"),
        // What is known to fall short
        expecting("{expect: dispatches == 13}"),
        expecting("{expect: dispatches == 13, known: {issue: \"#12\", until: 2027-01-31, why: the storm}}"),
        expecting(
            "{expect: dispatches == 13, known: {issue: 12, until: 2027-01-31, why: x}}",
            "31:47: expected text, found the number 12 | put it in quotes: \"12\""
        ),
        expecting(
            "expect: dispatches == 13\n    known:\n      issue: #12\n      until: 2027-01-31\n      why: x",
            "33:13: expected text, found nothing | what begins with # is a comment: write it as \"#12\""
        ),
        expecting(
            "{expect: dispatches == 13, known: {issue: x, until: soon, why: x}}",
            "31:57: 'soon' is not a date | write it as 2027-01-31"
        ),
        expecting(
            "{expect: dispatches == 13, known: {issue: x}}",
            "31:39: known failure: missing 'until' and 'why' | The last day of it"
        ),
        expecting(
            "{expect: dispatches == 13, knwon: {issue: x, until: 2027-01-31, why: x}}",
            "31:32: expectation: unknown key 'knwon' | did you mean 'known'?"
        ),
        expecting(
            "{known: {issue: x, until: 2027-01-31, why: x}}",
            "31:5: expectation: missing 'expect' | expect: What must be true."
        ),
        expecting("{expct: dispatches == 13}", "31:6: expectation: unknown key 'expct' | did you mean 'expect'?"),
        // Orders
        expecting("never text after acknowledged"),
        expecting("acknowledged{modification:0} before cancelled{incident:peak}"),
        expecting(
            "never txt after acknowledged",
            "31:11: unknown event 'txt' | did you mean 'text'? (known events: dispatched, sent, email, text"
        ),
        expecting("nevr text after acknowledged", "31:5: unknown event 'nevr' | did you mean 'never'?"),
        expecting(
            "never text befor acknowledged",
            "31:16: expected 'after', found 'befor' | never text after acknowledged"
        ),
        expecting(
            "text after acknowledged",
            "31:10: expected 'before', found 'after' | an order is written as never text after acknowledged"
        ),
        expecting("acknowledged befor cancelled", "31:18: expected 'before', found 'befor' | an order is written as"),
        expecting("never text after", "31:21: expected an event | known events: dispatched"),
        expecting("acknowledged before text now", "31:30: 'now' follows the second event | nothing can"),
        expecting(
            "never text{channel:email} after acknowledged",
            "31:16: text is not told apart by channel | its labels: program, group, customer, incident, modification"
        ),
        expecting("never sent{channel:fax} after failed", "31:24: 'fax' is not a channel"),
        // Tags
        Mistake("seed: 7", "tags: [smoke, rules-2]\nseed: 7", isSyntactic: false),
        Mistake(
            "seed: 7",
            "tags: [smoke, smoke]\nseed: 7",
            "3:15: the tag 'smoke' stands twice | keep one of them"
        ),
        Mistake("seed: 7", "tags: [not slow]\nseed: 7", "3:8: 'not slow' cannot be a tag | letters, digits"),
        Mistake("seed: 7", "tags: [12]\nseed: 7", "3:8: expected a tag, found the number 12 | write it as smoke"),
        Mistake(
            "seed: 7",
            "tags: smoke\nseed: 7",
            "3:7: expected a list, found the text 'smoke' | write a list: [smoke]"
        ),
        // Repetition
        Mistake(
            "at: 20:55, cancel: peak",
            "at: 20:55, cancel: peak, repeat: {every: 1m, times: 0}",
            "29:39: 'repeat' is for incidents",
            "29:58: 0 is not within 1 … 10000"
        ),
        Mistake(
            "at: 20:55, cancel: peak",
            "at: 20:55, cancel: peak, repeat: {evry: 1m, times: 2}",
            "29:39: 'repeat' is for incidents",
            "29:40: repetition: unknown key 'evry' | did you mean 'every'?"
        ),
    ]

    private static func expecting(_ entry: String, _ expected: String...) -> Mistake {
        var mistake = Mistake("dispatches == 13", entry, isSyntactic: !expected.isEmpty)
        mistake.expected = expected
        return mistake
    }
}
