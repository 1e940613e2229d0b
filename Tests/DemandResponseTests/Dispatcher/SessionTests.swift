import DemandResponse
import Testing

@Suite("A session")
struct SessionTests {
    @Test("observes everything from its connecting on until it says whose it is")
    func observer() {
        var world = World()
        #expect(world.at("20:00", .connect(1)) == ["session 1 observes"])
        world.at("20:45", .open("peak", program: 1, "21:00-22:00"))
        #expect(
            world.heard(by: 1) == ["new 1/1/email#0 (1)", "new 1/1/websocket#0 (0)", "new 1/2/websocket#0 (0)"]
        )
    }

    @Test("of a customer is told its own dispatches, each once, and says nothing of others")
    func customer() {
        var world = World()
        world.play([("20:00", .connect(1)), ("20:00", .connect(2))])
        #expect(
            world.at("20:00", .join(1, customer: 1)) == ["session 1 enters 1", "answer joined 1, 0 open"]
        )
        world.at("20:45", .open("peak", program: 1, "21:00-22:00"))
        #expect(world.heard(by: 1) == ["new 1/1/email#0 (1)", "new 1/1/websocket#0 (1) sent"])
        #expect(world.heard(by: 2).count == 3)
        #expect(world.delivery("peak", 1, .websocket)?.state == .sending)
        #expect(world.delivery("peak", 2, .websocket)?.state == .pending)
    }

    @Test("is told at its joining what is still open, its first sight of it not called a repetition")
    func resync() {
        var world = World()
        world.play([("20:45", .open("peak", program: 1, "21:00-22:00")), ("20:50", .connect(1))])
        #expect(
            world.at("20:50", .join(1, customer: 1)) == [
                "session 1 enters 1", "tell session 1: again 1/1/email#0 (1)",
                "keep 1/1/websocket#0 sending (1)", "tell session 1: new 1/1/websocket#0 (1) sent",
                "answer joined 1, 2 open",
            ]
        )
    }

    @Test("joining again, or a second one, is told again, without a second attempt")
    func again() {
        var world = World(.one(.websocket))
        world.play([
            ("20:00", .connect(1)), ("20:00", .join(1, customer: 1)),
            ("20:45", .open("peak", program: 1, "21:00-22:00")),
            ("20:45", .report("peak", 1, .websocket, .sent)), ("20:46", .connect(2)), ("20:46", .join(2, customer: 1)),
        ])
        #expect(world.heard(by: 2) == ["again 1/1/websocket#0 (1) sent"])
        world.at("20:47", .join(1, customer: 1))
        #expect(world.heard(by: 1) == ["new 1/1/websocket#0 (1) sent", "again 1/1/websocket#0 (1) sent"])
        #expect(world.delivery("peak", 1, .websocket)?.attempts == 1)
    }

    @Test("is not told what it answered, what is over, or what is another's")
    func nothingOld() {
        var world = World(.one(.websocket))
        world.play([
            ("20:00", .connect(9)),
            ("20:00", .open("over", program: 1, "20:00-20:30")), ("20:30", .due),
            ("20:30", .open("answered", program: 1, "21:00-22:00")),
            ("20:31", .acknowledge("answered", 1, .websocket, from: 9)),
            ("20:32", .open("open", program: 1, "21:00-22:00")), ("20:45", .connect(1)),
        ])
        #expect(world.at("20:45", .join(1, customer: 1)).last == "answer joined 1, 1 open")
        #expect(world.heard(by: 1) == ["new 3/1/websocket#0 (1) sent"])
    }

    @Test("is told the same at a later joining as at its first: no incident is taken for all")
    func fullState() {
        var world = World(.one(.websocket))
        world.play([
            ("20:00", .open("a", program: 1, "21:00-22:00")), ("20:01", .open("b", program: 1, "21:30-22:30")),
            ("20:10", .connect(1)), ("20:10", .join(1, customer: 1)), ("20:11", .close(1)), ("20:12", .connect(2)),
            ("20:12", .join(2, customer: 1)),
        ])
        #expect(world.heard(by: 1) == ["new 1/1/websocket#0 (1) sent", "new 2/1/websocket#0 (1) sent"])
        #expect(world.heard(by: 2) == ["again 1/1/websocket#0 (1) sent", "again 2/1/websocket#0 (1) sent"])
    }

    @Test("of an unknown customer is refused and goes on observing")
    func unknownCustomer() {
        var world = World()
        world.at("20:00", .connect(1))
        #expect(world.at("20:00", .join(1, customer: 99)) == ["answer refused unknown-customer"])
        world.at("20:45", .open("peak", program: 1, "21:00-22:00"))
        #expect(world.heard(by: 1).count == 3)
    }

    @Test("that is not connected can neither join nor close nor answer")
    func notConnected() {
        var world = World()
        world.at("20:00", .open("peak", program: 1, "21:00-22:00"))
        #expect(world.at("20:01", .join(7, customer: 1)) == ["answer refused not-connected"])
        #expect(world.at("20:01", .close(7)) == [])
        #expect(
            world.at("20:01", .acknowledge("peak", 1, .email, from: 7)) == ["answer refused not-connected"]
        )
    }

    @Test("may change to another customer, and is told that one's dispatches from then on")
    func changes() {
        var world = World()
        world.play([
            ("20:00", .connect(1)), ("20:00", .join(1, customer: 1)), ("20:01", .join(1, customer: 2)),
            ("20:45", .open("peak", program: 1, "21:00-22:00")),
        ])
        #expect(world.heard(by: 1) == ["new 1/2/websocket#0 (1) sent"])
        #expect(world.delivery("peak", 1, .websocket)?.state == .pending)
    }

    @Test("that connects twice or leaves is counted once")
    func counted() {
        var world = World()
        world.play([("20:00", .connect(1)), ("20:00", .close(1)), ("20:01", .connect(1))])
        #expect(world.at("20:01", .connect(1)) == [])
        #expect(world.at("20:02", .close(1)) == ["session 1 leaves"])
        world.at("20:45", .open("peak", program: 1, "21:00-22:00"))
        #expect(world.heard(by: 1).isEmpty)
    }
}
