import DemandResponse
import Testing

@Suite("An acknowledgement of what was never sent")
struct NeverSentTests {
    /// A customer on Socket.IO alone who connects only after the incident is over.
    private static func world(_ steps: [(String, Step)] = [], _ methods: DispatchMethod...) -> World {
        var world = World(
            Roster(
                programs: [Program(id: 1, name: "Evening Peak")],
                customers: [Customer(id: 1, name: "Mill", email: "mill@grid.example", program: 1, methods: methods)]
            )
        )
        world.at("20:45", .open("peak", program: 1, "21:00-22:00"))
        world.play(steps)
        return world
    }

    @Test("is refused to the customer's own session, which cannot have heard of it", arguments: [true, false])
    func refused(isCancelled: Bool) {
        var world = Self.world([(isCancelled ? ("20:50", .cancel("peak")) : ("22:00", .due))], .websocket)
        world.play([("22:01", .connect(1)), ("22:01", .join(1, customer: 1))])
        #expect(world.heard(by: 1) == [])
        #expect(
            world.at("22:02", .acknowledge("peak", 1, .websocket, from: 1)) == [
                "tell session 1: refused never-sent", "answer refused never-sent",
            ]
        )
        #expect(world.base.acknowledgements.isEmpty)
    }

    @Test("counts from an observer, who may know of it from elsewhere, and then for everybody")
    func observer() {
        var world = Self.world([("20:46", .connect(1))], .websocket)
        #expect(
            world.at("20:47", .acknowledge("peak", 1, .websocket, from: 1)).last
                == "answer 1/1#0 acknowledged by Ann at 20:47"
        )
        world.play([("22:01", .connect(2)), ("22:01", .join(2, customer: 1))])
        #expect(
            world.at("22:02", .acknowledge("peak", 1, .websocket, from: 2, by: "Bob")).last
                == "answer 1/1#0 acknowledged by Ann at 20:47"
        )
    }

    @Test("is none where it was sent by another method, however that went")
    func otherMethod() {
        var world = Self.world(
            [("20:46", .report("peak", 1, .email, .noSuchNumber)), ("22:00", .due)],
            .websocket,
            .email
        )
        world.play([("22:01", .connect(1)), ("22:01", .join(1, customer: 1))])
        #expect(
            world.at("22:02", .acknowledge("peak", 1, .websocket, from: 1)).last
                == "answer 1/1#0 acknowledged by Ann at 22:02, late"
        )
    }

    @Test("is none where no method carries it: its session may have been told")
    func noMethod() {
        var world = Self.world([("20:46", .connect(1)), ("20:46", .join(1, customer: 1))])
        #expect(
            world.at("22:02", .acknowledge("peak", 1, nil, from: 1)).last
                == "answer 1/1#0 acknowledged by Ann at 22:02, late"
        )
    }

    @Test("is refused for the modification that was not sent, and counts for the one that was")
    func modification() {
        var world = Self.world(
            [("20:46", .connect(1)), ("20:46", .join(1, customer: 1)), ("20:47", .close(1))],
            .websocket
        )
        world.play([
            ("20:48", .modify("peak", end: "21:30")), ("21:30", .due), ("21:31", .connect(2)),
            ("21:31", .join(2, customer: 1)),
        ])
        #expect(
            world.at("21:32", .acknowledge("peak", 1, .websocket, from: 2, modification: 1)).last
                == "answer refused never-sent"
        )
        #expect(
            world.at("21:32", .acknowledge("peak", 1, .websocket, from: 2, modification: 0)).last
                == "answer 1/1#0 acknowledged by Ann at 21:32, late"
        )
    }
}
