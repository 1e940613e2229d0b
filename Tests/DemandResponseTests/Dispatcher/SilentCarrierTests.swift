import Base
import DemandResponse
import Testing

@Suite("A carrier that says nothing of an attempt")
struct SilentCarrierTests {
    private static func world(_ period: String = "21:00-22:00", _ steps: [(String, Step)] = []) -> World {
        var world = World(.one(.email, .websocket))
        world.at("20:45", .open("peak", program: 1, period))
        world.play(steps)
        return world
    }

    @Test("has failed for now after its time: the attempt is made again")
    func triedAgain() {
        var world = Self.world()
        #expect(world.dispatcher.nextDeadline == Timestamp(clock: "20:50"))
        #expect(world.at("20:49:59", .due) == [])
        #expect(world.at("20:50", .due) == ["keep 1/1/email#0 deferred (1)"])
        #expect(world.delivery("peak", 1, .email)?.reason == "the email carrier did not report")
        #expect(
            world.at("20:50:05", .due) == ["keep 1/1/email#0 sending (2)", "send email 1/1/email#0 dispatch (2)"]
        )
        #expect(world.dispatcher.nextDeadline == Timestamp(clock: "20:55:05"))
    }

    @Test("may report later: the first attempt's word no longer counts, the second's does")
    func tooLate() {
        var world = Self.world("21:00-22:00", [("20:50", .due), ("20:50:05", .due)])
        #expect(world.at("20:51", .report("peak", 1, .email, .sent)) == [])
        world.at("20:51", .report("peak", 1, .email, .sent, attempt: 2))
        #expect(world.delivery("peak", 1, .email)?.state == .sent)
        #expect(world.dispatcher.nextDeadline == Timestamp(clock: "22:00"))
    }

    @Test("is waited for no longer once it has spoken, also where another one before it has not")
    func spoken() {
        var world = World(.one(.email, .text))
        world.play([
            ("20:45", .open("peak", program: 1, "21:00-22:00")), ("20:46", .report("peak", 1, .text, .sent)),
            ("20:47", .report("peak", 1, .email, .sent)),
        ])
        #expect(world.dispatcher.nextDeadline == Timestamp(clock: "22:00"))
        world = World(.one(.email, .text))
        world.play([
            ("20:45", .open("peak", program: 1, "21:00-22:00")), ("20:46", .report("peak", 1, .email, .sent)),
        ])
        #expect(world.at("20:50", .due) == ["keep 1/1/text#0 deferred (1)"])
    }

    @Test("may have brought it all the same: who knows of a cancellation only by a carrier is told of it by that one")
    func mayHaveArrived() {
        var world = Self.world("21:00-22:00", [("20:50", .due)])
        #expect(world.at("20:50:01", .cancel("peak")).contains("send email 1/1/email#0 cancellation (1)"))
        world = Self.world("21:00-22:00", [("20:46", .report("peak", 1, .email, .failedForNow(reason: "busy")))])
        #expect(!world.at("20:46:01", .cancel("peak")).contains { $0.hasPrefix("send email") })
    }

    @Test("of a message that nobody wants any more leaves it withdrawn")
    func unwanted() {
        var world = Self.world(
            "21:00-22:00",
            [("20:46", .connect(1)), ("20:46", .acknowledge("peak", 1, .email, from: 1))]
        )
        #expect(world.at("20:50", .due) == ["keep 1/1/email#0 withdrawn (1)"])
        world = Self.world("20:00-20:48", [("20:48", .due)])
        #expect(world.at("20:50", .due) == ["keep 1/1/email#0 withdrawn (1)"])
        #expect(world.dispatcher.nextDeadline == nil)
    }

    @Test("of a cancellation has failed, too")
    func cancellation() {
        var world = Self.world(
            "21:00-22:00",
            [("20:46", .report("peak", 1, .email, .sent)), ("20:47", .cancel("peak"))]
        )
        #expect(world.at("20:52", .due) == ["keep 1/1/email#0 cancellation deferred (1)"])
        #expect(
            world.at("20:52:05", .due) == [
                "keep 1/1/email#0 cancellation sending (2)", "send email 1/1/email#0 cancellation (2)",
            ]
        )
    }

    @Test("holds up no modification, and has its time anew after a restart")
    func modifiedAndRestarted() {
        var world = Self.world("21:00-22:00", [("20:48", .modify("peak", end: "23:00"))])
        #expect(world.at("20:50", .due) == [])
        world.restart(at: "20:51")
        #expect(world.at("20:55:59", .due) == [])
        #expect(world.at("20:56", .due) == ["keep 1/1/email#1 deferred (2)"])
    }

    @Test("is forgotten with a purge")
    func purged() {
        var world = Self.world()
        world.at("20:46", .purge())
        #expect(world.dispatcher.nextDeadline == nil)
    }

    @Test("is no session: those report at once, and have no deadline")
    func sessions() {
        var world = World(.one(.websocket))
        world.play([
            ("20:40", .connect(1)), ("20:40", .join(1, customer: 1)),
            ("20:45", .open("peak", program: 1, "21:00-22:00")),
        ])
        #expect(world.dispatcher.nextDeadline == Timestamp(clock: "22:00"))
    }
}
