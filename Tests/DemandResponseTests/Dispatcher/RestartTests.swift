import Base
import DemandResponse
import Testing

@Suite("A restart")
struct RestartTests {
    private static func world(_ roster: Roster, _ steps: [(String, Step)] = []) -> World {
        var world = World(roster)
        world.play([
            ("20:00", .connect(1)), ("20:00", .join(1, customer: 1)),
            ("20:45", .open("peak", program: 1, "21:00-22:00")),
        ])
        world.play(steps)
        return world
    }

    @Test("sends again what was being sent, and lets Socket.IO wait for the customer")
    func again() {
        var world = Self.world(.one(.email, .text, .websocket), [("20:46", .report("peak", 1, .text, .sent))])
        #expect(
            world.restart(at: "20:50") == [
                "keep 1/1/email#0 sending (2)", "send email 1/1/email#0 dispatch (2)",
                "keep 1/1/websocket#0 pending (1)",
            ]
        )
        #expect(world.at("20:51", .report("peak", 1, .email, .sent, attempt: 1)) == [])
        world.at("20:51", .report("peak", 1, .email, .sent, attempt: 2))
        #expect(world.delivery("peak", 1, .email)?.state == .sent)
        world.play([("20:52", .connect(1)), ("20:52", .join(1, customer: 1))])
        #expect(world.heard(by: 1).last == "new 1/1/websocket#0 (2) sent")
    }

    @Test("sends at once what waited for its next attempt")
    func deferred() {
        var world = Self.world(.one(.email), [("20:46", .report("peak", 1, .email, .busy))])
        #expect(
            world.restart(at: "20:46:01") == ["keep 1/1/email#0 sending (2)", "send email 1/1/email#0 dispatch (2)"]
        )
        #expect(world.at("20:46:05", .due) == [])
    }

    @Test("keeps acknowledgements: nothing is sent for them, and their time stays")
    func acknowledged() {
        var world = Self.world(.one(.email, .websocket), [("20:46", .acknowledge("peak", 1, .email, from: 1))])
        world.restart(at: "20:50")
        #expect(world.posted.count == 1)
        #expect(world.delivery("peak", 1, .email)?.state == .withdrawn)
        #expect(world.delivery("peak", 1, .websocket)?.state == .withdrawn)
        world.play([("20:51", .connect(1)), ("20:51", .join(1, customer: 1))])
        #expect(
            world.at("20:52", .acknowledge("peak", 1, .email, from: 1, by: "Bob")).last
                == "answer 1/1#0 acknowledged by Ann at 20:46"
        )
    }

    @Test("keeps acknowledgements of older modifications")
    func older() {
        var world = Self.world(
            .one(.websocket),
            [("20:46", .acknowledge("peak", 1, .websocket, from: 1)), ("20:47", .modify("peak", end: "23:00"))]
        )
        world.restart(at: "20:50")
        world.play([("20:51", .connect(1)), ("20:51", .join(1, customer: 1))])
        #expect(world.heard(by: 1).last == "new 1/1/websocket#1 (2) sent")
        #expect(
            world.at("20:52", .acknowledge("peak", 1, .websocket, from: 1, by: "Bob", modification: 0)).last
                == "answer 1/1#0 acknowledged by Ann at 20:46"
        )
    }

    @Test("after the end withdraws what was not sent before it", arguments: [DeliveryReport.Outcome?.none, .busy])
    func afterEnd(outcome: DeliveryReport.Outcome?) {
        var world = Self.world(.one(.email, .websocket))
        if let outcome { world.at("21:59:50", .report("peak", 1, .email, outcome)) }
        world.restart(at: "+1 08:00")
        #expect(world.posted.count == 1)
        #expect(world.delivery("peak", 1, .email)?.state == .withdrawn)
        #expect(world.delivery("peak", 1, .websocket)?.state == .withdrawn)
        #expect(world.dispatcher.nextDeadline == nil)
    }

    @Test("after a cancellation sends the cancellation again, and not the dispatch")
    func cancelled() {
        var world = Self.world(.one(.email, .websocket), [("20:50", .cancel("peak"))])
        #expect(
            world.restart(at: "20:51").filter { $0.hasPrefix("send") } == ["send email 1/1/email#0 cancellation (2)"]
        )
        #expect(world.delivery("peak", 1, .email)?.state == .withdrawn)
        world.play([("20:52", .connect(1)), ("20:52", .join(1, customer: 1))])
        #expect(world.heard(by: 1).last == "incident 1#0 cancelled")
    }

    @Test("after the end does not send a cancellation any more")
    func cancelledAndEnded() {
        var world = Self.world(.one(.email), [("20:50", .cancel("peak"))])
        world.restart(at: "+1 08:00")
        #expect(world.posted.map(\.kind) == [.dispatch, .cancellation])
        #expect(world.closing("peak", 1, .email)?.state == .withdrawn)
    }

    @Test("keeps numbers, modifications, deadlines and roster")
    func state() {
        var world = Self.world(.one(.websocket), [("20:46", .modify("peak", end: "23:00"))])
        world.restart(at: "20:50")
        #expect(world.dispatcher.nextDeadline == Timestamp(clock: "23:00"))
        #expect(world.dispatcher.roster == .one(.websocket))
        #expect(world.at("20:51", .modify("peak", end: "22:30")).last == "answer incident 1#2")
        #expect(world.at("20:52", .open("next", program: 1, "21:00-22:00")).last == "answer incident 2#0")
        #expect(world.at("20:53", .open("next", program: 1, "21:00-22:00")) == ["answer refused duplicate-incident"])
    }

    @Test("forgets sessions, whose numbers begin anew")
    func sessions() {
        var world = Self.world(.one(.websocket))
        world.restart(at: "20:50")
        #expect(world.at("20:51", .connect(1)) == ["session 1 observes"])
        world.at("20:52", .open("next", program: 1, "21:00-22:00"))
        #expect(world.heard(by: 1).last == "new 2/1/websocket#0 (0)")
    }

    @Test("of a dispatcher that had nothing does nothing")
    func nothing() {
        var world = World()
        #expect(world.restart(at: "20:00") == [])
        #expect(world.dispatcher.nextDeadline == nil)
    }

    @Test("twice in a row sends what was being sent twice more, each time with a new attempt")
    func twice() {
        var world = Self.world(.one(.email))
        world.restart(at: "20:50")
        world.restart(at: "20:51")
        #expect(world.posted.map(\.attempt) == [1, 2, 3])
    }
}
