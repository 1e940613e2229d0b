extension LedgerTextTests {
    static let everything = """
        GridDrill decision ledger, version 1
        scenario: Everything
        seed: 11

        incident peak
          subject: program 1, market_dispatch, 2019-08-27T21:00:00-07:00 to 2019-08-27T22:00:00-07:00
          opened 2019-08-27T20:46:00-07:00
          message 1: Dear Voltan, You have been dispatched as part of the Program "Cool Mornings". Please have your full curtailment plan in effect between the hours of 21:00 and 22:00
          4 customers: 1 7..9
            websocket: message 1, sent at once, taken
            answer: acknowledged in time by {name} operator
          1 customer: 2
            websocket: message 1, sent at once, taken
            answer: acknowledged late by {name} operator
          1 customer: 3
            websocket: message 1, sent at once, taken
            answer: declined in time by {name} operator
          1 customer: 4
            websocket: message 1, sent at once, taken
          1 customer: 5
            websocket: message 1, sent on connecting, taken
            answer: acknowledged in time by {name} operator
          1 customer: 6
            websocket: message 1, not sent, expired
          1 customer: 17
            email: message 1, sent at once, sent again after 5 s, sent again after 10 s, sent again after 20 s, answered first
            text: message 1, sent at once, delivered
            websocket: message 1, sent at once, taken
            answer: acknowledged in time by {name} operator
          1 customer: 18
            no method: message 1, not sent, unreachable

        incident second
          subject: program 1, emergency, a drill, 2019-08-27T21:20:00-07:00 to 2019-08-27T22:10:00-07:00
          opened 2019-08-27T21:10:00-07:00
          modified 2019-08-27T21:15:00-07:00
          cancelled 2019-08-27T21:30:00-07:00
          modified 2019-08-27T21:35:00-07:00 refused: incident-over
          message 1 has the digest 4bf74ff15e4b8c78
          message 2: THIS IS A DRILL. Dear Voltan, You have been dispatched as part of the Program "Cool Mornings". Please have your full curtailment plan in effect between the hours of 21:20 and 22:10
          5 customers: 1 5 7..9
            websocket: message 1, sent at once, taken
            change 1 websocket: message 2, sent at once, taken
            answer: acknowledged in time by {name} operator
            change 1 answer: acknowledged in time by {name} operator
            cancellation by websocket: taken
          1 customer: 2
            websocket: message 1, sent at once, taken
            change 1 websocket: message 2, sent at once, taken
            answer: acknowledged late by {name} operator
            change 1 answer: acknowledged late by {name} operator
            cancellation by websocket: taken
          1 customer: 3
            websocket: message 1, sent at once, taken
            change 1 websocket: message 2, sent at once, taken
            answer: declined in time by {name} operator
            change 1 answer: declined in time by {name} operator
            cancellation by websocket: taken
          1 customer: 4
            websocket: message 1, sent at once, taken
            change 1 websocket: message 2, sent at once, taken
            cancellation by websocket: taken
          1 customer: 6
            websocket: message 1, not sent, waiting
            change 1 websocket: message 2, not sent, withdrawn by the cancellation
          1 customer: 17
            email: message 1, sent at once, sent again after 5 s, sent again after 10 s, sent again after 20 s, answered first
            text: message 1, sent at once, delivered
            websocket: message 1, sent at once, taken
            change 1 email: message 2, sent at once, sent again after 5 s, sent again after 10 s, sent again after 20 s, answered first
            change 1 text: message 2, sent at once, delivered
            change 1 websocket: message 2, sent at once, taken
            answer: acknowledged in time by {name} operator
            change 1 answer: acknowledged in time by {name} operator
            cancellation by email: failed: the simulated email carrier failed
            cancellation by text: delivered
            cancellation by websocket: taken
          1 customer: 18
            no method: message 1, not sent, unreachable
            change 1 no method: message 2, not sent, unreachable

        total: 2 incidents and 22 customers dispatched
        digest: 3de83245db4281d4

        """
}
