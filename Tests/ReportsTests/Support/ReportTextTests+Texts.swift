extension ReportTextTests {
    static let passed = """
        Evening peak on two programs                                              PASSED
        virtual run · seed 7 · 2 h 00 m of grid in 840 ms · 145 dispatches/s
        A market dispatch, one customer offline, one without any channel.

        Expectations    all 2 held
          ✓ dispatches == 122                                                        122
          ✓ acknowledged{program:1} >= 94% within 10m                117 of 120 (97.5 %)

        Invariants      2 held, 362 facts examined
                        nothing to examine for 9 restart

        Counts          122 dispatch records · 121 customers
          dispatches      122            acknowledged    117  96.7 %
          delivered       121  99.2 %    unacknowledged    4   3.3 %
          failed            0   0.0 %    late              0   0.0 %
          duplicates        0            declined          0   0.0 %
          refused           0            undeliverable     1   0.8 %

        Latencies
                           delivery   acknowledgement   confirmation   dispatch lag
          count                 121               121            117              2
          never                   0                 4              0              0
          min               41.0 ms            1.00 s        80.0 ms            0 s
          mean               124 ms             never        80.0 ms            0 s
          p50                101 ms          1 m 01 s        80.0 ms            0 s
          p90                149 ms          1 m 49 s        80.0 ms              –
          p95                155 ms          1 m 55 s        80.0 ms              –
          p99                160 ms             never        80.0 ms              –
          p99.9                   –                 –              –              –
          max                3.00 s             never        80.0 ms            0 s
          – withheld: too few samples, p90 needs 10, p95 needs 20, p99 needs 100, p99.9
          needs 1,000
          never: falls among those that had not happened when the run ended; they count
          as later than any value

        By program                                          delivery              answer
                                   records  answered     p50     p95       p50       p95
          Green Moun…ool Mornings      121    97.5 %  101 ms  155 ms  1 m 00 s  1 m 54 s
          Funny Games Power Saver        1     0.0 %                         –         –

        By channel                                 delivery              answer
                          records  answered     p50     p95       p50       p95
          email                 1   100.0 %       –       –         –         –
          websocket           120    97.5 %  100 ms  154 ms  1 m 00 s  1 m 54 s

        By incident                                delivery              answer
                          records  answered     p50     p95       p50       p95
          peak                121    97.5 %  101 ms  155 ms  1 m 00 s  1 m 54 s
          games                 1     0.0 %                         –         –

        Virtual run: proves decisions, ordering and scripted behaviour; its latencies
        are the script's, not the software's.
        Record  reports/evening-peak/record.sqlite
        Repeat  griddrill run scenarios/evening-peak.yaml --seed 7

        """

    static let violated = """
        A drill with a very long name that …t it would say everything there is  VIOLATED
        live run · seed 7 · speed 60 · 2 h 00 m of grid in 2 m 01 s · 0.1 dispatches/s

        Expectations    2 of 3 fell short
          ✓ dispatches == 122                                                        122
          ✗ acknowledgement_latency{program:1}.p90 < 1m
              expected  < 1m
              observed  1 m 48 s
              at        scenarios/evening-peak.yaml:40
          ✗ confirmation_latency{channel:voice}.p99 < 2s
              expected  < 2s
              observed  nothing
              because   no samples: nobody was reached by voice
              at        scenarios/evening-peak.yaml:41

        Invariants      1 of 2 broken, 1,356 facts examined
          ✗ 6 monotone: 12 violations among 1,234 facts
              +1 m 00 s  customer 1 saw the cancellation of peak before its dispatch, in
                         session 1
              +2 m 00 s  customer 2 saw the cancellation of peak before its dispatch, in
                         session 1
              +3 m 00 s  customer 3 saw the cancellation of peak before its dispatch, in
                         session 1
              +4 m 00 s  customer 4 saw the cancellation of peak before its dispatch, in
                         session 1
              +5 m 00 s  customer 5 saw the cancellation of peak before its dispatch, in
                         session 1
              … and 7 more: SELECT * FROM violations

        Counts          14 dispatch records · 13 customers
          dispatches      14            acknowledged    9  69.2 %
          delivered       13  92.9 %    unacknowledged  4  30.8 %
          failed           0   0.0 %    late            0   0.0 %
          duplicates       0            declined        0   0.0 %
          refused          0            undeliverable   1   7.7 %

        Latencies
                           delivery   acknowledgement   confirmation   dispatch lag
          count                  13                13              9              2
          never                   0                 4              0              0
          min                683 µs            920 ms        1.33 ms            0 s
          mean               231 ms             never        1.33 ms            0 s
          p50                783 µs            6.91 s        1.33 ms            0 s
          p90                867 µs             never              –              –
          p95                     –                 –              –              –
          p99                     –                 –              –              –
          p99.9                   –                 –              –              –
          max                3.00 s             never        1.33 ms            0 s
          – withheld: too few samples, p90 needs 10, p95 needs 20, p99 needs 100, p99.9
          needs 1,000
          never: falls among those that had not happened when the run ended; they count
          as later than any value
          wall time: delivery over websocket, confirmation and dispatch lag, which are
          the software's; grid time, 60 times as fast: acknowledgement, and delivery by
          carriers with what the software adds to it
          not played by a live run, which has the network it runs on: link

        By program                                                 delivery       answer
                                             records  answered     p50  p95     p50  p95
          Green Mountain …rgy Cool Mornings       13    75.0 %  783 µs    –  5.92 s    –
          Funny Games Power Saver                  1     0.0 %                    –    –

        By channel                              delivery       answer
                          records  answered     p50  p95     p50  p95
          email                 1   100.0 %       –    –       –    –
          websocket            12    75.0 %  767 µs    –  5.92 s    –

        By incident                             delivery       answer
                          records  answered     p50  p95     p50  p95
          peak                 13    75.0 %  783 µs    –  5.92 s    –
          games                 1     0.0 %                    –    –

        Live run: measures the software, on this machine and on this day; never compared
        with a virtual run.
        Record  reports/evening-peak/record.sqlite
        Repeat  griddrill run scenarios/evening-peak.yaml --seed 7

        """

    static let narrow = """
        A drill with a very long...say everything there is  VIOLATED
        live run | seed 7 | speed 60 | 2 h 00 m of grid in 2 m 01 s
        | 0.1 dispatches/s

        Expectations    2 of 3 fell short
          ok     dispatches == 122                               122
          FAILED acknowledgement_latency{program:1}.p90 < 1m
                   expected  < 1m
                   observed  1 m 48 s
                   at        scenarios/evening-peak.yaml:40
          FAILED confirmation_latency{channel:voice}.p99 < 2s
                   expected  < 2s
                   observed  nothing
                   because   no samples: nobody was reached by voice
                   at        scenarios/evening-peak.yaml:41

        Invariants      1 of 2 broken, 1,356 facts examined
          FAILED 6 monotone: 12 violations among 1,234 facts
                   +1 m 00 s  customer 1 saw the cancellation of
                              peak before its dispatch, in session 1
                   +2 m 00 s  customer 2 saw the cancellation of
                              peak before its dispatch, in session 1
                   +3 m 00 s  customer 3 saw the cancellation of
                              peak before its dispatch, in session 1
                   +4 m 00 s  customer 4 saw the cancellation of
                              peak before its dispatch, in session 1
                   +5 m 00 s  customer 5 saw the cancellation of
                              peak before its dispatch, in session 1
                   ... and 7 more: SELECT * FROM violations

        Counts          14 dispatch records | 13 customers
          dispatches      14
          delivered       13  92.9 %
          failed           0   0.0 %
          duplicates       0
          refused          0
          acknowledged     9  69.2 %
          unacknowledged   4  30.8 %
          late             0   0.0 %
          declined         0   0.0 %
          undeliverable    1   7.7 %

        Latencies
                          delivery  answer  confirm  lag
          count                 13      13        9    2
          never                  0       4        0    0
          min               683 us  920 ms  1.33 ms  0 s
          mean              231 ms   never  1.33 ms  0 s
          p50               783 us  6.91 s  1.33 ms  0 s
          p90               867 us   never        -    -
          p95                    -       -        -    -
          p99                    -       -        -    -
          p99.9                  -       -        -    -
          max               3.00 s   never  1.33 ms  0 s
          - withheld: too few samples, p90 needs 10, p95 needs 20,
          p99 needs 100, p99.9 needs 1,000
          never: falls among those that had not happened when the
          run ended; they count as later than any value
          wall time: delivery over websocket, confirmation and
          dispatch lag, which are the software's; grid time, 60
          times as fast: acknowledgement, and delivery by carriers
          with what the software adds to it
          not played by a live run, which has the network it runs
          on: link

        By program                                  delivery  answer
                                 records  answered       p50     p50
          Green Mo...l Mornings       13    75.0 %    783 us  5.92 s
          Funny Ga...ower Saver        1     0.0 %                 -

        By channel                           delivery  answer
                          records  answered       p50     p50
          email                 1   100.0 %         -       -
          websocket            12    75.0 %    767 us  5.92 s

        By incident                          delivery  answer
                          records  answered       p50     p50
          peak                 13    75.0 %    783 us  5.92 s
          games                 1     0.0 %                 -

        Live run: measures the software, on this machine and on this
        day; never compared with a virtual run.
        Record  reports/evening-peak/record.sqlite
        Repeat  griddrill run scenarios/evening-peak.yaml --seed 7

        """

    static let coloured = """
        ␛[1mA drill with a very long name that …t it would say everything there is␛[0m  ␛[1;31mVIOLATED␛[0m
        ␛[1mExpectations  ␛[0m  ␛[1;31m2 of 3 fell short␛[0m
          ␛[1;31m✗␛[0m ␛[1macknowledgement_latency{program:1}.p90 < 1m␛[0m
              ␛[2mexpected␛[0m  < 1m
              ␛[2mobserved␛[0m  ␛[31m1 m 48 s␛[0m
              ␛[2mat      ␛[0m  scenarios/evening-peak.yaml:40
          ␛[1;31m✗␛[0m ␛[1mconfirmation_latency{channel:voice}.p99 < 2s␛[0m
              ␛[2mexpected␛[0m  < 2s
              ␛[2mobserved␛[0m  ␛[31mnothing␛[0m
              ␛[2mbecause ␛[0m  no samples: nobody was reached by voice
              ␛[2mat      ␛[0m  scenarios/evening-peak.yaml:41
        ␛[1mInvariants    ␛[0m  ␛[1;31m1 of 2 broken, 1,356 facts examined␛[0m
          ␛[1;31m✗␛[0m ␛[1m6 monotone: 12 violations among 1,234 facts␛[0m
              ␛[2m+1 m 00 s  ␛[0mcustomer 1 saw the cancellation of peak before its dispatch, in
              ␛[2m           ␛[0msession 1
              ␛[2m+2 m 00 s  ␛[0mcustomer 2 saw the cancellation of peak before its dispatch, in
              ␛[2m           ␛[0msession 1
              ␛[2m+3 m 00 s  ␛[0mcustomer 3 saw the cancellation of peak before its dispatch, in
              ␛[2m           ␛[0msession 1
              ␛[2m+4 m 00 s  ␛[0mcustomer 4 saw the cancellation of peak before its dispatch, in
              ␛[2m           ␛[0msession 1
              ␛[2m+5 m 00 s  ␛[0mcustomer 5 saw the cancellation of peak before its dispatch, in
              ␛[2m           ␛[0msession 1
              ␛[2m… and 7 more: SELECT * FROM violations␛[0m

        """

    static let suite = """
        ✓ Evening peak on two programs                          122 dispatches    840 ms
        ✗ A drill with a very long…say everything there is            VIOLATED  2 m 01 s
        ✗ storm.yaml                                                   INVALID

        scenarios/storm.yaml:3:1: error: unknown key 'sed'

        3 scenarios: 1 passed, 1 failed, 1 invalid · 136 dispatches
        4 h 00 m of grid in 1.23 s

        """
}
