import Base
import DemandResponse
import Testing

@Suite("A delivery that fails")
struct RetryTests {
    private static func world(_ period: String = "21:00-22:00", _ steps: [(String, Step)] = []) -> World {
        var world = World(.one(.email))
        world.at("20:45", .open("peak", program: 1, period))
        world.play(steps)
        return world
    }

    @Test("for now is tried again with growing pauses, and the last report counts")
    func backoff() {
        var world = Self.world()
        var now = Timestamp(clock: "20:45")
        for (attempt, pause) in [(1, 5), (2, 10), (3, 20), (4, 40), (5, 80), (6, 160), (7, 300), (8, 300)]
            as [(Int, Int64)]
        {
            world.handle(.report("peak", 1, .email, .busy, attempt: attempt), at: now)
            #expect(world.delivery("peak", 1, .email) == Delivery(state: .deferred, attempts: attempt, reason: "busy"))
            #expect(world.dispatcher.nextDeadline == now + .seconds(pause))
            now += .seconds(pause)
            #expect(
                world.handle(.due, at: now) == [
                    "keep 1/1/email#0 sending (\(attempt + 1))", "send email 1/1/email#0 dispatch (\(attempt + 1))",
                ]
            )
        }
        world.handle(.report("peak", 1, .email, .sent, attempt: 9), at: now)
        #expect(world.delivery("peak", 1, .email)?.state == .sent)
        #expect(world.delivery("peak", 1, .email)?.reason == nil)
    }

    @Test("for now is tried again as its program says, and then no more; other programs go by the common policy")
    func ofTheProgram() {
        let retries = Retries(times: 1, first: .seconds(30))
        var world = World(
            Roster(
                programs: [Program(id: 1, name: "Patient", retries: retries), Program(id: 2, name: "Common")],
                customers: [1, 2].map {
                    Customer(id: $0, name: "Mill", email: "mill@grid.example", program: $0, methods: [.email])
                }
            )
        )
        for program in [1, 2] { world.at("20:45", .open("peak \(program)", program: program, "21:00-22:00")) }
        world.at("20:46", .report("peak 2", 2, .email, .busy))
        #expect(world.dispatcher.nextDeadline == Timestamp(clock: "20:46:05"))
        world.play([("20:46:05", .due), ("20:46:06", .report("peak 2", 2, .email, .sent, attempt: 2))])
        world.at("20:47", .report("peak 1", 1, .email, .busy))
        #expect(world.dispatcher.nextDeadline == Timestamp(clock: "20:47:30"))
        world.play([("20:47:30", .due), ("20:47:31", .report("peak 1", 1, .email, .busy, attempt: 2))])
        #expect(world.delivery("peak 1", 1, .email) == Delivery(state: .failed, attempts: 2, reason: "busy"))
        // The news of a cancellation is tried again by the same rule.
        world.play([
            ("20:48", .modify("peak 1", end: "23:00")), ("20:48", .report("peak 1", 1, .email, .sent, modification: 1)),
            ("20:49", .recall("peak 1")),
            ("20:50", .report("peak 1", 1, .email, .busy, kind: .allClear, modification: 1)), ("20:50:30", .due),
            ("20:50:31", .report("peak 1", 1, .email, .busy, kind: .allClear, attempt: 2, modification: 1)),
        ])
        #expect(world.closing("peak 1", 1, .email)?.state == .failed)
    }

    @Test("for good is not tried again")
    func forGood() {
        var world = Self.world()
        #expect(
            world.at("20:46", .report("peak", 1, .email, .noSuchNumber)) == ["keep 1/1/email#0 failed (1)"]
        )
        #expect(world.delivery("peak", 1, .email)?.reason == "no such number")
        #expect(world.dispatcher.nextDeadline == Timestamp(clock: "22:00"))
    }

    @Test("for now so near the end that no attempt fits has failed")
    func deadline() {
        var world = Self.world()
        world.at("21:59:57", .report("peak", 1, .email, .busy))
        #expect(world.delivery("peak", 1, .email)?.state == .failed)
        #expect(world.delivery("peak", 1, .email)?.reason == "busy")
    }

    @Test("without an end is given up after a day")
    func openEnd() {
        var world = Self.world("21:00-")
        world.at("+1 20:44:54", .report("peak", 1, .email, .busy))
        world.at("+1 20:44:59", .due)
        world.at("+1 20:45", .report("peak", 1, .email, .busy, attempt: 2))
        #expect(world.delivery("peak", 1, .email)?.state == .failed)
    }

    @Test("before the end but is due again only after it was noticed is withdrawn, not sent")
    func stalled() {
        var world = Self.world("21:00-22:00", [("21:59:50", .report("peak", 1, .email, .busy))])
        #expect(world.at("22:00:01", .due) == ["keep 1/1/email#0 withdrawn (1)"])
        #expect(world.posted.count == 1)
    }

    @Test("before the answer is not tried again after it")
    func answered() {
        var world = Self.world("21:00-22:00", [("20:46", .connect(1)), ("20:46", .report("peak", 1, .email, .busy))])
        world.at("20:46:01", .acknowledge("peak", 1, .email, from: 1))
        #expect(world.at("20:46:05", .due) == [])
        #expect(world.delivery("peak", 1, .email)?.state == .withdrawn)
    }

    @Test("after the answer is withdrawn, without a timer")
    func failsLater() {
        var world = Self.world(
            "21:00-22:00",
            [("20:46", .connect(1)), ("20:46", .acknowledge("peak", 1, .email, from: 1))]
        )
        world.at("20:47", .report("peak", 1, .email, .busy))
        #expect(world.delivery("peak", 1, .email)?.state == .withdrawn)
        #expect(world.dispatcher.nextDeadline == Timestamp(clock: "22:00"))
    }

    @Test("after it was sent is tried again if for now, and has failed if for good")
    func bounced() {
        var world = Self.world("21:00-22:00", [("20:46", .report("peak", 1, .email, .sent))])
        world.at("20:47", .report("peak", 1, .email, .busy))
        #expect(world.delivery("peak", 1, .email)?.state == .deferred)
        world = Self.world("21:00-22:00", [("20:46", .report("peak", 1, .email, .sent))])
        world.at("20:47", .report("peak", 1, .email, .noSuchNumber))
        #expect(world.delivery("peak", 1, .email)?.state == .failed)
    }

    @Test(
        "or not: a report of another attempt, modification, customer or kind is ignored",
        arguments: [
            .report("peak", 1, .email, .sent, attempt: 2), .report("peak", 1, .email, .sent, attempt: 0),
            .report("peak", 1, .email, .sent, modification: 1), .report("peak", 1, .text, .sent),
            .report("peak", 2, .email, .sent), .report("other", 1, .email, .sent),
            .report("peak", 1, .email, .sent, kind: .cancellation),
        ] as [Step]
    )
    func stale(step: Step) {
        var world = Self.world()
        #expect(world.at("20:46", step) == [])
        #expect(world.delivery("peak", 1, .email)?.state == .sending)
    }

    @Test("is no more once delivered: a delivered message stays so, and keeps the time at which it was sent")
    func delivered() {
        var world = Self.world(
            "21:00-22:00",
            [("20:46", .report("peak", 1, .email, .sent)), ("20:47", .report("peak", 1, .email, .delivered))]
        )
        for outcome in [DeliveryReport.Outcome.busy, .noSuchNumber, .sent, .delivered] {
            #expect(world.at("20:48", .report("peak", 1, .email, outcome)) == [])
        }
        #expect(world.delivery("peak", 1, .email)?.sentAt == Timestamp(clock: "20:46"))
        #expect(world.delivery("peak", 1, .email)?.deliveredAt == Timestamp(clock: "20:47"))
        #expect(world.dispatcher.nextDeadline == Timestamp(clock: "22:00"))
    }

    @Test("twice by the same report is tried again once")
    func twice() {
        var world = Self.world("21:00-22:00", [("20:46", .report("peak", 1, .email, .busy))])
        #expect(world.at("20:46:02", .report("peak", 1, .email, .busy)) == [])
        world.play([("20:46:05", .due), ("20:46:07", .due)])
        #expect(world.posted.count == 2)
    }
}
