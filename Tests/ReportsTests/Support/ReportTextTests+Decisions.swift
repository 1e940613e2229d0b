import Analysis
@testable import Reports

extension ReportTextTests {
    static let decisions: [(DecisionReview.Outcome, String)] = [
        (.same, "Decisions       as approved in scenarios/approved/evening-peak.ledger"),
        (.approvedNow, "Decisions       written to scenarios/approved/evening-peak.ledger"),
        (
            .unapproved,
            """
            Decisions       none are approved: --approve writes
                            scenarios/approved/evening-peak.ledger
            """
        ),
        (
            .notCompared("approved with seed 11, and this run had seed 12"),
            """
            Decisions       not compared with scenarios/approved/evening-peak.ledger:
                            approved with seed 11, and this run had seed 12
            """
        ),
        (
            .unreadable(
                LedgerError(
                    path: "scenarios/approved/evening-peak.ledger",
                    line: 7,
                    message: "'took' is not a word of decisions"
                )
            ),
            """
            Decisions       the approved ones cannot be read
              ✗ scenarios/approved/evening-peak.ledger:7: 'took' is not a word of decisions
            """
        ),
        (
            .different([
                DecisionDifference(
                    subject: "298 customers (10003, 10017, 10040, 10041, 10055, 10060, …), incident peak",
                    change: "the answer is now acknowledged late by {name}; was acknowledged in time by {name}",
                    count: 298
                )
            ]),
            """
            Decisions       1 difference from scenarios/approved/evening-peak.ledger
              ✗ 298 customers (10003, 10017, 10040, 10041, 10055, 10060, …), incident peak:
                the answer is now acknowledged late by {name}; was acknowledged in time by
                {name}
                approve them with: griddrill run --approve scenarios/evening-peak.yaml
            """
        ),
        (
            SampleRun.deciding(14).outcome,
            """
            Decisions       14 differences from scenarios/approved/evening-peak.ledger
              ✗ customer 1, incident peak: text is no longer sent; was sent at 20:10:00
              ✗ customer 2, incident peak: text is no longer sent; was sent at 20:11:00
              ✗ customer 3, incident peak: text is no longer sent; was sent at 20:12:00
              ✗ customer 4, incident peak: text is no longer sent; was sent at 20:13:00
              ✗ customer 5, incident peak: text is no longer sent; was sent at 20:14:00
              ✗ customer 6, incident peak: text is no longer sent; was sent at 20:15:00
              ✗ customer 7, incident peak: text is no longer sent; was sent at 20:16:00
              ✗ customer 8, incident peak: text is no longer sent; was sent at 20:17:00
              ✗ customer 9, incident peak: text is no longer sent; was sent at 20:18:00
              ✗ customer 10, incident peak: text is no longer sent; was sent at 20:19:00
              ✗ customer 11, incident peak: text is no longer sent; was sent at 20:20:00
              ✗ customer 12, incident peak: text is no longer sent; was sent at 20:21:00
                … and 2 more: see decisions.ledger beside the record
                approve them with: griddrill run --approve scenarios/evening-peak.yaml
            """
        ),
    ]
}
