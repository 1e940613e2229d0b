extension Mistake {
    /// Mistakes that only show when parts of the file are held against each other: the schema lets them pass.
    static let semantic: [Mistake] = [
        // Names that nothing defines, ids that stand twice
        meaning(
            "{id: 5, ",
            "{id: 1, ",
            "9:10: the program 1 is already defined | it is on line 8",
            "12:36: there is no program 5 | known programs: 1"
        ),
        meaning("{id: 8, ", "{id: 1005, ", "13:11: the customer 1005 is already defined | it is on line 12"),
        meaning(
            "name: Nobody, program: 5",
            "name: Nobody, program: 6",
            "12:36: there is no program 6 | known programs: 1, 5"
        ),
        meaning(
            "of: {customer: 1001}",
            "of: {customer: 1010}",
            "19:9: there is no such customer | ids are within 1..1009"
        ),
        meaning("of: {customers: 1002..1003}", "of: {customers: [2, 500..600]}", "21:9: there is no such customer"),
        meaning("of: {program: 1}", "of: {program: 2}", "15:9: there is no program 2"),
        meaning("of: {customer: 1001}", "of: {program: 5}"),
        meaning("{id: peak, program: 1", "{id: peak, program: 3", "27:47: there is no program 3"),
        meaning(
            "modify: {incident: peak",
            "modify: {incident: peek",
            "28:36: there is no incident 'peek' | did you mean 'peak'?"
        ),
        meaning("at: 20:50", "at: 20:40", "28:36: the incident 'peak' does not exist yet | line 27 creates it later"),
        meaning("cancel: peak", "cancel: {incident: top}", "29:36: there is no incident 'top'"),
        meaning("cancel: peak", "recall: peek", "29:25: there is no incident 'peek' | did you mean 'peak'?"),
        meaning("cancel: peak", "recall: {incident: top}", "29:36: there is no incident 'top'"),
        meaning("cancel: peak}", "recall: peek, refused: unknown-incident}"),
        meaning(
            "cancel: peak",
            "incident: {id: peak, program: 5, event_type: x, start: 21:00}",
            "29:32: the incident 'peak' is already defined | it is on line 27"
        ),
        meaning("dispatches == 13", "dispatches{program:2} == 13", "31:24: there is no program 2"),
        meaning("dispatches == 13", "dispatches{customer:2} == 13", "31:25: there is no customer 2"),
        meaning(
            "dispatches == 13",
            "dispatches{channel:text, incident:peek} == 13",
            "31:39: there is no incident 'peek'"
        ),
        meaning(
            "America/Los_Angeles",
            "America/Los_Angles",
            "8:40: 'America/Los_Angles' is not a known time zone | did you mean 'America/Los_Angeles'?"
        ),
        meaning(
            "acknowledges: never",
            "acknowledges: {incident: peek, after: 5s}",
            "20:30: there is no incident 'peek' | did you mean 'peak'?"
        ),
        meaning(
            "acknowledges: never",
            "acknowledges: {at: 21:00}",
            "20:24: an operator's answer names no incident | incident: peak"
        ),
        meaning(
            "email: {delay: 3s,",
            "email: {except: [{of: {customer: 2}, incident: peek}],",
            "24:25: there is no such customer",
            "24:50: there is no incident 'peek'"
        ),
        meaning("cancel: peak}", "cancel: peek, refused: unknown-incident}"),
        meaning(
            "modify: {incident: peak, end: 22:10}",
            "modify: {incident: peak, end: 20:59}, refused: invalid-period"
        ),
        meaning(
            "{id: 5, name: Games}",
            "{id: 5, name: Games, retries: {first: 0s}}",
            "9:43: a pause of 0s is too short | it is 1s or longer"
        ),
        meaning(
            "{id: 5, name: Games}",
            "{id: 5, name: Games, retries: {first: 10m, at_most: 30s}}",
            "9:35: the first pause, 10m, is longer than the longest, 30s | pauses grow from 'first' to 'at_most'"
        ),
        // Times
        meaning("lasts: 2h", "lasts: 367d", "5:8: the run lasts longer than 366d"),
        meaning("lasts: 2h", "lasts: 0s", "5:8: the run lasts no time"),
        meaning(
            "at: 20:45",
            "at: 2019-08-27T20:29:59",
            "27:10: 2019-08-27T20:29:59-07:00 is before the start of the run"
        ),
        meaning("at: 20:55", "at: 20:29", "29:10: 2019-08-28T20:29:00-07:00 is after the end of the run"),
        meaning("at: 21:05", "at: 2h1s", "22:23: 2019-08-27T22:30:01-07:00 is after the end of the run"),
        meaning(
            "connects: {at: 0s",
            "connects: {at: 3h",
            "16:20: 2019-08-27T23:30:00-07:00 is after the end of the run"
        ),
        meaning("end: 22:00", "end: 21:00", "27:98: the incident ends when it starts"),
        meaning("end: 22:00", "end: 08/27/2019 20:59", "27:98: the incident ends before it starts"),
        meaning("end: 22:10", "end: 08/27/2019 20:59", "28:47: the incident ends before it starts"),
        meaning("start: 21:00", "start: 2019-02-30T10:00", "27:86: '2019-02-30T10:00' is not an incident time"),
        // Values that contradict each other
        meaning(
            "median 90s, p95 6m",
            "median 90s, p95 6s",
            "18:27: lognormal(median 90s, p95 6s): the median must be more than zero and not exceed p95"
        ),
        meaning(
            "ids: 1000..1009",
            "ids: 1009..1000",
            "13:11: the range '1009..1000' ends before it begins | write it as 1000..1009"
        ),
        meaning("ids: 1000..1009", "ids: 1000..1001000", "13:11: more than 1000000 customers"),
        meaning(
            "dispatches == 13",
            "{expect: dispatches == 13, known: {issue: x, until: 2027-02-30, why: x}}",
            "31:57: there is no day 2027-02-30 | year, month and day"
        ),
        // Orders
        meaning("dispatches == 13", "text before text", "31:5: nothing happens before itself"),
        meaning(
            "dispatches == 13",
            "sent{program:1} before acknowledged{program:5}",
            "31:41: the label 'program' stands twice"
        ),
        meaning(
            "dispatches == 13",
            "never sent{incident:peek} after acknowledged",
            "31:25: there is no incident 'peek' | did you mean 'peak'?"
        ),
        // What is repeated
        again("{every: 12m, times: 8}"),
        again("{every: 1h36m, times: 1}"),
        again(
            "{every: 12m, times: 9}",
            "29:121: of 9 times only 8 are within the run | the next one would be at 2019-08-27T22:31:00-07:00"
        ),
        again("{every: 0s, times: 2}", "29:109: the incident is repeated after no time | as every: 12m"),
        again("{every: 1m, times: 2}, refused: unknown-program"),
        meaning(
            "cancel: peak",
            "incident: {id: drill, program: 3, event_type: x, start: 21:00, end: 20:00}, repeat: {every: 1m, times: 60}",
            "29:48: there is no program 3"
        ),
        meaning(
            "cancel: peak",
            "incident: {id: drill, program: 5, event_type: x, start: 21:00}, repeat: {every: 1m, times: 3}}\n"
                + "  - {at: 21:10, incident: {id: drill-2, program: 5, event_type: x, start: 21:20}",
            "30:32: the incident 'drill-2' is already defined | line 29 makes it, by 'repeat'"
        ),
        meaning(
            "cancel: peak",
            "incident: {id: drill, program: 5, event_type: x, start: 21:00}, repeat: {every: 1m, times: 3}}\n"
                + "  - {at: 21:10, cancel: drill-4",
            "30:25: there is no incident 'drill-4' | did you mean 'drill-1'?"
        ),
        meaning(
            "cancel: peak",
            "incident: {id: drill, program: 5, event_type: x, start: 21:00}, repeat: {every: 1m, times: 3}}\n"
                + "  - {at: 21:10, cancel: drill-3"
        ),
        meaning(
            "end: 22:10}",
            "end: 22:10}, repeat: {every: 1m, times: 2}",
            "28:63: 'repeat' is for incidents | modify, cancel and recall name one of them"
        ),
    ]

    /// A last entry whose incident is repeated from 20:55 on.
    private static func again(_ repetition: String, _ expected: String...) -> Mistake {
        var mistake = meaning(
            "at: 20:55, cancel: peak",
            "at: 20:55, incident: {id: drill, program: 5, event_type: x, start: 21:00, end: 21:05}, repeat: \(repetition)"
        )
        mistake.expected = expected
        return mistake
    }

    private static func meaning(_ old: String, _ new: String, _ expected: String...) -> Mistake {
        var mistake = Mistake(old, new, isSyntactic: false)
        mistake.expected = expected
        return mistake
    }
}
