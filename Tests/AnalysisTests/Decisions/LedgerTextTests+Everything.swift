extension LedgerTextTests {
    static let everything = """
        GridDrill decision ledger, version 2
        scenario: Everything
        seed: 11

        incident peak
          program: 1 Cool Mornings; -07:00; answers are in time within 10 m
          event: market_dispatch; 2019-08-27T21:00:00-07:00 to 2019-08-27T22:00:00-07:00
          opened: 2019-08-27T20:46:00-07:00
          message: Dear Voltan, You have been dispatched as part of the Program "Cool Mornings". Please have your full curtailment plan in effect between the hours of 21:00 and 22:00
          all 11 customers: 54.5 % in time, 18.2 % never told, 9.1 % declined in time, 9.1 % late, 9.1 % silent
          4 customers: 36.4 % in time
            1 7..9
            websocket: sent at once; taken
            answer: acknowledged in time; by {name} operator
          1 customer: 9.1 % late
            2
            named: Site 2
            websocket: sent at once; taken
            answer: acknowledged late; by {name} operator
          1 customer: 9.1 % declined in time
            3
            named: Site 3
            websocket: sent at once; taken
            answer: declined in time; by {name} operator
          1 customer: 9.1 % silent
            4
            named: Site 4
            websocket: sent at once; taken
          1 customer: 9.1 % in time
            5
            named: Site 5
            websocket: sent on connecting; taken
            answer: acknowledged in time; by {name} operator
          1 customer: 9.1 % never told
            6
            named: Site 6
            websocket: not sent; expired
          1 customer: 9.1 % in time
            17
            named: Walmart
            email: sent at once; to {email}; sent again after 5 s; sent again after 10 s; sent again after 20 s; answered first
            text: sent at once; to {phone}; delivered
            websocket: sent at once; taken
            answer: acknowledged in time; by {name} operator
          1 customer: 9.1 % never told
            18
            named: Nobody
            no method: not sent; unreachable
          seal: bc8dc1cde048fa5a

        incident second
          program: 1 Cool Mornings; -07:00; answers are in time within 10 m
          event: emergency; a drill; 2019-08-27T21:20:00-07:00 to 2019-08-27T22:00:00-07:00
          opened: 2019-08-27T21:10:00-07:00
          change 1: 2019-08-27T21:15:00-07:00; end from 2019-08-27T22:00:00-07:00 to 2019-08-27T22:10:00-07:00
          cancelled: 2019-08-27T21:30:00-07:00
          modified, refused: 2019-08-27T21:35:00-07:00; incident-over; end from 2019-08-27T22:10:00-07:00 to 2019-08-27T22:20:00-07:00
          message: THIS IS A DRILL. Dear Voltan, You have been dispatched as part of the Program "Cool Mornings". Please have your full curtailment plan in effect between the hours of 21:20 and 22:00
          change 1 message: THIS IS A DRILL. Dear Voltan, You have been dispatched as part of the Program "Cool Mornings". Please have your full curtailment plan in effect between the hours of 21:20 and 22:10
          change 1 cancellation: CANCELLED: THIS IS A DRILL. Dear Voltan, You have been dispatched as part of the Program "Cool Mornings". Please have your full curtailment plan in effect between the hours of 21:20 and 22:10
          all 11 customers: 54.5 % in time, 18.2 % never told, 9.1 % declined in time, 9.1 % late, 9.1 % silent; of change 1 54.5 % in time, 18.2 % never told, 9.1 % declined in time, 9.1 % late, 9.1 % silent
          5 customers: 45.5 % in time; change 1 in time
            1 5 7..9
            websocket: sent at once; taken
            change 1 websocket: sent at once; taken
            answer: acknowledged in time; by {name} operator
            change 1 answer: acknowledged in time; by {name} operator
            cancellation by websocket: taken
          1 customer: 9.1 % late; change 1 late
            2
            named: Site 2
            websocket: sent at once; taken
            change 1 websocket: sent at once; taken
            answer: acknowledged late; by {name} operator
            change 1 answer: acknowledged late; by {name} operator
            cancellation by websocket: taken
          1 customer: 9.1 % declined in time; change 1 declined in time
            3
            named: Site 3
            websocket: sent at once; taken
            change 1 websocket: sent at once; taken
            answer: declined in time; by {name} operator
            change 1 answer: declined in time; by {name} operator
            cancellation by websocket: taken
          1 customer: 9.1 % silent; change 1 silent
            4
            named: Site 4
            websocket: sent at once; taken
            change 1 websocket: sent at once; taken
            cancellation by websocket: taken
          1 customer: 9.1 % never told; change 1 never told
            6
            named: Site 6
            websocket: not sent; waiting
            change 1 websocket: not sent; withdrawn by the cancellation
          1 customer: 9.1 % in time; change 1 in time
            17
            named: Walmart
            email: sent at once; to {email}; sent again after 5 s; sent again after 10 s; sent again after 20 s; answered first
            text: sent at once; to {phone}; delivered
            websocket: sent at once; taken
            change 1 email: sent at once; to {email}; sent again after 5 s; sent again after 10 s; sent again after 20 s; answered first
            change 1 text: sent at once; to {phone}; delivered
            change 1 websocket: sent at once; taken
            answer: acknowledged in time; by {name} operator
            change 1 answer: acknowledged in time; by {name} operator
            cancellation by email: to {email}; sent again after 5 s; sent again after 10 s; sent again after 20 s; sent again after 40 s; sent again after 80 s; sent again after 160 s; sent again after 300 s x 6; failed: the simulated email carrier failed
            cancellation by text: to {phone}; delivered
            cancellation by websocket: taken
          1 customer: 9.1 % never told; change 1 never told
            18
            named: Nobody
            no method: not sent; unreachable
            change 1 no method: not sent; unreachable
          seal: a006a581d6d339cf

        end of the ledger

        """
}
