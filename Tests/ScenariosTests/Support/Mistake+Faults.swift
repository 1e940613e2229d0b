extension Mistake {
    /// Mistakes in a list of faults, which begins on line 31 of the sample.
    static let faults: [Mistake] = [
        fault("{at: 20:46, restart: {how: kill, down: 8s}}"),
        fault("{restart: {how: kill, down: 8s}}", "31:5: fault: missing 'at' or 'on' | exactly one of at, on"),
        fault(
            "{at: 20:46, on: {committed: peak}, restart: {how: kill, down: 8s}}",
            "31:5: fault: 'at' and 'on' exclude each other | exactly one of at, on"
        ),
        fault("{at: 20:46}", "31:5: fault: missing 'restart' | restart: The server goes and comes back."),
        fault(
            "{at: 20:46, restrt: {how: kill, down: 8s}}",
            "31:17: fault: unknown key 'restrt' | did you mean 'restart'?"
        ),
        fault(
            "{at: 20:46, restart: {how: kil, down: 8s}}",
            "31:32: 'kil' is not a way to restart | did you mean 'kill'? (known ways: kill, term, pause)"
        ),
        fault("{at: 20:46, restart: {how: kill}}", "31:26: restart: missing 'down'"),
        fault(
            "{on: {comitted: peak}, restart: {how: kill, down: 8s}}",
            "31:11: happening: unknown key 'comitted' | did you mean 'committed'?"
        ),
        fault("{on: {}, restart: {how: kill, down: 8s}}", "31:10: happening: missing 'committed', 'acknowledged' or"),
        fault(
            "{on: {committed: peak, nth: 0}, restart: {how: kill, down: 8s}}",
            "31:33: 0 is not within 1 … 1000000000"
        ),
        fault("{id: a b, at: 20:46, restart: {how: kill, down: 8s}}", "31:10: 'a b' cannot be a fault's id | letters"),
        fault(
            "{at: 20:46, restart: {how: kill, down: 8s, between: [commit, effect]}}",
            "31:66: 'effect' is not a step | did you mean 'effects'? (known steps: decision, commit, effects)"
        ),
        fault(
            "{at: 20:46, restart: {how: kill, down: 8s, between: [effects, commit]}}",
            "31:57: [effects, commit] are not two steps of which one follows the other | [decision, commit], [commit, effects]"
        ),
        fault(
            "{at: 20:46, restart: {how: kill, down: 8s, between: commit, effects}}",
            "31:57: 'commit' is not a boundary | write it as [decision, commit], [commit, effects]",
            "31:65: restart: unknown key 'effects'"
        ),
        meaning(
            "{on: {committed: peek}, restart: {how: kill, down: 8s}}",
            "31:22: there is no incident 'peek' | did you mean 'peak'?"
        ),
        meaning(
            "{on: {refused: ghost}, restart: {how: kill, down: 8s}}",
            "31:20: there is no incident 'ghost' | known incidents: peak"
        ),
        meaning(
            "{at: 20:46, after: 2s, restart: {how: kill, down: 8s}}",
            "31:24: 'after' is counted from what 'on' waits for | on: {committed: peak}"
        ),
        meaning("{at: 20:46, restart: {how: kill, down: 0s}}", "31:44: the server is down for no time"),
        meaning(
            "{on: {committed: peak}, restart: {how: kill, down: 2h1s}}",
            "31:56: the server is down for longer than the run lasts | from 2019-08-27T20:30:00-07:00 to 2019-08-27T22:30:00"
        ),
        meaning(
            "{at: 22:31, restart: {how: kill, down: 8s}}",
            "31:10: 2019-08-27T22:31:00-07:00 is after the end of the run"
        ),
        meaning(
            "{at: 22:29:53, restart: {how: kill, down: 8s}}",
            "31:10: the server would not be back before the run ends | back at 2019-08-27T22:30:01-07:00"
        ),
        meaning(
            "{at: 20:46, restart: {how: term, down: 8s, between: [commit, effects]}}",
            "31:57: only a kill can strike between two steps, not term"
        ),
        meaning(
            """
            {at: 20:46:08, restart: {how: kill, down: 8s}}
              - {id: first, at: 20:46, restart: {how: term, down: 8s}}
              - {id: long, at: 20:50, restart: {how: pause, down: 1m}}
              - {id: last, at: 20:50:30, restart: {how: kill, down: 5s}}
              - {at: 20:52, restart: {how: kill, down: 5s}}
            """,
            "31:10: the restart 'fault-1' begins while the server is down for 'first' | on line 32, lasts until 2019-08-27T20:46:08",
            "34:20: the restart 'last' begins while the server is down for 'long' | on line 33"
        ),
        meaning(
            """
            {at: 20:46, restart: {how: kill, down: 8s}}
              - {id: fault-1, at: 20:50, restart: {how: kill, down: 8s}}
            """,
            "32:10: the fault 'fault-1' is already defined | it is on line 31"
        ),
        meaning(
            """
            {at: 22:31, restart: {how: kill, down: 0s}}
              - {on: {acknowledged: peek}, restart: {how: pause, down: 8s, between: [decision, commit]}}
            """,
            "31:10: ",
            "31:44: ",
            "32:25: ",
            "32:73: "
        ),
    ]

    private static func fault(_ entry: String, _ expected: String...) -> Mistake {
        var mistake = Mistake("expect:", "faults:\n  - \(entry)\nexpect:", isSyntactic: !expected.isEmpty)
        mistake.expected = expected
        return mistake
    }

    private static func meaning(_ entry: String, _ expected: String...) -> Mistake {
        var mistake = fault(entry)
        mistake.expected = expected
        return mistake
    }
}
