extension Plant {
    /// At the end of the journal, caused by the input before it if there is one.
    private static func journal(_ kind: String, _ state: String, modification: Int = 0, cause: String = "NULL")
        -> String
    {
        """
        INSERT INTO journal (sequence, cause, at, kind, incident, customer, method, modification, state, digest)
        SELECT max(sequence) + 1, \(cause), max(at), '\(kind)', 3, 1, 'text', \(modification), '\(state)', 0 FROM journal;
        """
    }

    /// The second incident is recalled in place of being cancelled.
    private static let recalled = """
        UPDATE journal SET state = 'recalled' WHERE kind = 'incident.recorded' AND state = 'cancelled';
        UPDATE journal SET kind = 'all.clear.recorded' WHERE kind = 'cancellation.recorded';
        UPDATE incidents SET recalled_at = cancelled_at, cancelled_at = NULL WHERE number = 2;

        """

    private static let lastInput = "(SELECT max(sequence) FROM journal WHERE cause IS NULL)"

    /// A delivery that begins at the end of the journal.
    private static func started(
        _ kind: String,
        incident: Int,
        customer: Int,
        _ method: String,
        modification: Int = 0,
        _ state: String = "NULL"
    ) -> String {
        """
        INSERT INTO journal (sequence, cause, at, kind, incident, customer, method, modification, attempt, state, digest)
        SELECT max(sequence) + 1, \(lastInput), max(at), '\(kind)', \(incident), \(customer), '\(method)', \(modification),
            9, \(state), 0 FROM journal;
        """
    }

    /// A session that comes at the end of the journal and stays.
    private static func session(_ kind: String, customer: String) -> String {
        """
        INSERT INTO journal (sequence, cause, at, kind, session, customer)
        SELECT max(sequence) + 1, \(lastInput), max(at), '\(kind)', 99, \(customer) FROM journal;
        """
    }

    static let violations: [Plant] = [
        Plant(
            1,
            "a record is missing",
            "DELETE FROM dispatches WHERE incident = 1 AND customer = 2 AND method = 'email'",
            "there is no dispatch of incident 1 to customer 2 by email"
        ),
        Plant(
            1,
            "a whole incident is missing",
            "DELETE FROM dispatches WHERE incident = 2",
            "there is no dispatch of incident 2 to customer 1 by email"
        ),
        Plant(
            1,
            "a record of a stranger",
            "UPDATE dispatches SET customer = 99 WHERE customer = 2 AND method = 'email'",
            "nobody asked for the dispatch of incident 1 to customer 99 by email"
        ),
        Plant(
            1,
            "a record by a method that is not the customer's",
            "UPDATE dispatches SET method = 'voice' WHERE customer = 5",
            "nobody asked for"
        ),
        Plant(
            1,
            "a way to reach whom nothing reaches",
            "UPDATE dispatches SET method = 'text' WHERE customer = 7",
            "there is no dispatch of incident 1 to customer 7 by no method"
        ),
        Plant(
            2,
            "received and never committed",
            "DELETE FROM journal WHERE kind = 'dispatch.recorded' AND customer = 1 AND method = 'websocket'",
            "customer 1 by websocket, which was never committed"
        ),
        Plant(
            2,
            "received with other words",
            "UPDATE observations SET digest = digest + 1 WHERE kind = 'received' AND customer = 2",
            "with another message than was committed"
        ),
        Plant(
            2,
            "received before its commit",
            "UPDATE observations SET at = at - 60000000 WHERE kind = 'received'",
            "before its commit"
        ),
        Plant(
            2,
            "received in the words of another modification",
            "UPDATE observations SET modification = 0 WHERE kind = 'received' AND modification = 1",
            "with another message than was committed"
        ),
        Plant(
            3,
            "never received by one who was there",
            "DELETE FROM observations WHERE kind = 'received' AND customer = 1",
            "the client of customer 1 was there and never received the dispatch of incident 1 to customer 1 by websocket"
        ),
        Plant(
            3,
            "never received by one who joined while it was open",
            "DELETE FROM observations WHERE kind = 'received' AND customer = 5 AND modification = 1",
            "the client of customer 5 was there"
        ),
        Plant(
            3,
            "never received by one who came to answer",
            "DELETE FROM observations WHERE kind = 'received' AND customer = 4",
            "the client of customer 4 was there"
        ),
        Plant(
            4,
            "confirmed and not in the journal",
            "DELETE FROM journal WHERE kind = 'acknowledgement.recorded' AND customer = 1",
            "not in the journal"
        ),
        Plant(
            4,
            "confirmed and not in the table",
            "UPDATE dispatches SET acknowledged_at = NULL WHERE customer = 1",
            "not in the dispatches"
        ),
        Plant(
            5,
            "acknowledged twice",
            """
            INSERT INTO journal (sequence, cause, at, kind, incident, customer, modification)
            SELECT (SELECT max(sequence) + 1 FROM journal), cause, at, kind, incident, customer, modification
            FROM journal WHERE kind = 'acknowledgement.recorded' LIMIT 1
            """,
            "twice"
        ),
        Plant(
            4,
            "an opt-out that was confirmed and is recorded as the contrary",
            "UPDATE observations SET detail = 'opting out' WHERE kind = 'confirmed' AND customer = 1",
            "the opt-out of the dispatch of incident 1 to customer 1"
        ),
        Plant(
            5,
            "a change of mind that the dispatches do not have",
            "UPDATE dispatches SET opted_out = 1 - opted_out WHERE customer = 2",
            "does not say what its customer answered last"
        ),
        Plant(
            5,
            "with another time",
            "UPDATE dispatches SET acknowledged_at = acknowledged_at + 1 WHERE customer = 2",
            "does not keep the time of its first acknowledgement"
        ),
        Plant(
            6,
            "a delivery that goes back",
            "UPDATE journal SET state = 'sending' WHERE kind = 'delivery.recorded' AND state = 'delivered'",
            "went from sent to sending"
        ),
        Plant(
            6,
            "a delivery that goes on after its end",
            journal("dispatch.recorded", "unreachable")
                + journal("delivery.recorded", "sending"),
            "went from unreachable to sending"
        ),
        Plant(
            6,
            "a delivery of nothing",
            journal("delivery.recorded", "sent"),
            "went from nothing to sent"
        ),
        Plant(
            6,
            "a record that begins twice",
            journal("dispatch.recorded", "sending") + journal("dispatch.recorded", "sending"),
            "began anew without a modification"
        ),
        Plant(
            6,
            "a message that is sent again without a restart",
            journal("dispatch.recorded", "sending")
                + journal("delivery.recorded", "sending", cause: lastInput),
            "went from sending to sending"
        ),
        Plant(
            6,
            "a cancellation that goes back",
            "UPDATE journal SET state = 'sending' WHERE kind = 'cancellation.recorded' AND state = 'delivered'",
            "the cancellation of the dispatch of incident 2 to customer 1 by email went from sent to sending"
        ),
        Plant(
            6,
            "a cancellation before its dispatch",
            "UPDATE observations SET at = at + 600000000 WHERE kind = 'received' AND customer = 1 AND incident = 2",
            "customer 1 was told that incident 2 is cancelled before it had the dispatch"
        ),
        Plant(
            6,
            "an all-clear that goes back",
            recalled + "UPDATE journal SET state = 'sending' WHERE kind = 'all.clear.recorded' AND state = 'delivered'",
            "the all-clear of the dispatch of incident 2 to customer 1 by email went from sent to sending"
        ),
        Plant(
            6,
            "an all-clear before its dispatch",
            recalled
                + "UPDATE observations SET at = at + 600000000 WHERE kind = 'received' AND customer = 1 AND incident = 2",
            "customer 1 was told that incident 2 is recalled before it had the dispatch"
        ),
        Plant(
            7,
            "another customer's session",
            "UPDATE journal SET customer = 2 WHERE kind = 'room.entered' AND customer = 1",
            "a session of customer 2 acknowledged for customer 1"
        ),
        Plant(
            7,
            "no session at all",
            "DELETE FROM journal WHERE kind IN ('room.entered', 'room.observers') AND session = 1",
            "came from no session"
        ),
        Plant(
            7,
            "never committed",
            "DELETE FROM journal WHERE kind = 'dispatch.recorded' AND customer = 3",
            "customer 3 acknowledged incident 1, modification 0, before it was sent"
        ),
        Plant(
            7,
            "never sent",
            """
            UPDATE journal SET state = 'pending' WHERE kind = 'dispatch.recorded' AND customer = 5;
            DELETE FROM journal WHERE kind = 'delivery.recorded' AND customer = 5
            """,
            "customer 5 acknowledged incident 1, modification 1, before it was sent"
        ),
        Plant(
            8,
            "a carrier is given what has been answered",
            started("send", incident: 1, customer: 1, "email", modification: 1, "'dispatch'"),
            "the dispatch of incident 1 to customer 1 by email went out after its acknowledgement"
        ),
        Plant(
            8,
            "sessions are told of what is cancelled",
            started("emit.dispatch", incident: 2, customer: 6, "websocket"),
            "went out after the incident's cancellation"
        ),
        Plant(
            8,
            "sessions are told of what is recalled",
            recalled + started("emit.dispatch", incident: 2, customer: 6, "websocket"),
            "went out after the incident's recall"
        ),
        Plant(
            8,
            "one who joins is told of what is over",
            started("emit.resync", incident: 1, customer: 6, "websocket", modification: 1),
            "the dispatch of incident 1 to customer 6 by websocket went out after the incident's end"
        ),
        Plant(
            9,
            "a message that a restart found on its way and nobody took up",
            "DELETE FROM journal WHERE kind = 'delivery.recorded' AND incident = 2 AND customer = 2 AND method = 'email'",
            "the dispatch of incident 2 to customer 2 by email was sending after a restart"
        ),
        Plant(
            9,
            "a dispatch that waits although its customer has come back",
            """
            DELETE FROM journal WHERE kind = 'delivery.recorded' AND incident = 2 AND customer = 2
                AND method = 'websocket' AND state <> 'pending'
            """,
            "the dispatch of incident 2 to customer 2 by websocket was pending after a restart"
        ),
        Plant(
            9,
            "a dispatch that still waits when all is over",
            "DELETE FROM journal WHERE kind = 'delivery.recorded' AND incident = 2 AND customer = 6",
            "the dispatch of incident 2 to customer 6 by websocket was pending after a restart"
        ),
        Plant(
            9,
            "confirmed before it was kept",
            "UPDATE dispatches SET acknowledged_at = acknowledged_at + 60000000 WHERE customer = 2",
            "was confirmed to its client before it was kept"
        ),
        Plant(
            10,
            "a client that was there had it late",
            "UPDATE observations SET at = at + 5000000 WHERE kind = 'received' AND customer = 1 AND incident = 1",
            "the dispatch of incident 1 to customer 1 by websocket was held up"
        ),
        Plant(
            11,
            "a dispatch waits for a client that is there",
            "UPDATE dispatches SET state = 'pending' WHERE customer = 1 AND method = 'websocket'",
            "the dispatch of incident 1 to customer 1 by websocket is pending at the end, and its client is there"
        ),
        Plant(
            11,
            "a session of one who is gone",
            session("room.entered", customer: "4"),
            "the server still has 1 session of customer 4 too many"
        ),
        Plant(
            11,
            "a second session of one who is there",
            session("room.entered", customer: "1"),
            "the server still has 1 session of customer 1 too many"
        ),
        Plant(
            11,
            "a session of nobody",
            session("room.observers", customer: "NULL"),
            "the server still has 1 session of nobody where there can be 0"
        ),
        Plant(
            12,
            "the dispatcher's clock goes back",
            "UPDATE journal SET at = at - 3600000000 WHERE sequence = (SELECT max(sequence) FROM journal)",
            "is older than the one before"
        ),
        Plant(
            12,
            "a client's clock goes back",
            """
            UPDATE observations SET at = at - 3600000000
            WHERE sequence = (SELECT max(sequence) FROM observations WHERE customer = 2)
            """,
            "the clock of customer 2's client went backwards"
        ),
    ]

    static let excused: [Plant] = [
        Plant(
            3,
            "of what was received only the modification counts",
            "DELETE FROM observations WHERE kind = 'received' AND customer = 1 AND modification = 0 AND incident = 1",
            nil
        ),
        Plant(
            3,
            "a session that ended before it could arrive",
            """
            DELETE FROM observations WHERE customer = 1 AND kind = 'received' AND incident = 2;
            UPDATE observations SET kind = 'disconnected', at = (SELECT announced_at + 30000 FROM dispatches
                WHERE incident = 2 AND customer = 1 LIMIT 1) WHERE customer = 1 AND kind = 'told'
            """,
            nil
        ),
        Plant(
            3,
            "a session that began after the cancellation",
            """
            DELETE FROM observations WHERE customer = 2 AND incident = 2;
            UPDATE observations SET at = (SELECT cancelled_at FROM incidents WHERE number = 2)
                WHERE customer = 2 AND kind = 'joined';
            DELETE FROM observations WHERE customer = 2 AND kind = 'received'
            """,
            nil
        ),
        Plant(
            5,
            "an answer to another modification",
            """
            INSERT INTO journal (sequence, at, kind, incident, customer, modification)
            SELECT max(sequence) + 1, max(at), 'acknowledgement.recorded', 1, 6, 0 FROM journal
            """,
            nil
        ),
        Plant(
            6,
            "a message that a process sends again at its beginning",
            journal("dispatch.recorded", "sending")
                + "INSERT INTO journal (sequence, at, kind) SELECT max(sequence) + 1, max(at), 'started' FROM journal;"
                + journal("delivery.recorded", "sending", cause: lastInput),
            nil
        ),
        Plant(
            6,
            "a record that begins anew for a modification",
            journal("dispatch.recorded", "unreachable") + journal("dispatch.recorded", "sending", modification: 1),
            nil
        ),
        Plant(
            7,
            "an observer's answer for a customer to whom nothing was sent",
            """
            DELETE FROM journal WHERE kind = 'room.entered' AND customer = 5;
            UPDATE journal SET state = 'pending' WHERE kind = 'dispatch.recorded' AND customer = 5;
            DELETE FROM journal WHERE kind = 'delivery.recorded' AND customer = 5
            """,
            nil
        ),
        Plant(
            8,
            "news of a cancellation",
            started("send", incident: 2, customer: 1, "email", "'cancellation'"),
            nil
        ),
        Plant(
            9,
            "a dispatch that still waits, for one who has not come back",
            """
            DELETE FROM journal WHERE kind = 'delivery.recorded' AND incident = 2 AND customer = 6;
            UPDATE incidents SET ends_at = NULL WHERE number = 2
            """,
            nil
        ),
        Plant(
            10,
            "one who is told at joining",
            "UPDATE observations SET at = at + 5000000 WHERE kind = 'received' AND customer = 5 AND incident = 1",
            nil
        ),
        Plant(
            11,
            "a session whose end the server cannot have noticed yet",
            """
            INSERT INTO observations (sequence, at, kind, customer, session)
            SELECT (SELECT max(sequence) + 1 FROM observations), ends_at - 10000000, 'disconnected', 1, 2 FROM run
            """,
            nil
        ),
    ]
}
