import Base
import DemandResponse
import Testing

@Suite("A cancellation")
struct CancellationTests {
    private static func world(_ roster: Roster = .one(.email, .websocket), _ steps: [(String, Step)] = []) -> World {
        var world = World(roster)
        world.play([("20:45", .open("peak", program: 1, "21:00-22:00"))])
        world.play(steps)
        return world
    }

    @Test("goes to the carriers that took the dispatch and to the sessions; what waits is withdrawn")
    func table() {
        var world = Self.world(
            .drill,
            [("20:46", .connect(1)), ("20:46", .join(1, customer: 1)), ("20:46", .connect(2))]
        )
        #expect(
            world.at("20:50", .cancel("peak")) == [
                "keep incident 1#0 cancelled",
                "keep 1/1/email#0 cancellation sending (1)", "send email 1/1/email#0 cancellation (1)",
                "tell 1: incident 1#0 cancelled",
                "keep 1/2/websocket#0 withdrawn (0)",
                "tell observers: incident 1#0 cancelled",
                "answer incident 1#0 cancelled",
            ]
        )
        #expect(world.posted.last?.text.hasPrefix("CANCELLED: Dear Voltan") == true)
    }

    @Test(
        "is not sent by carriers that did not take the dispatch",
        arguments: [DeliveryReport.Outcome.busy, .noSuchNumber]
    )
    func notTaken(outcome: DeliveryReport.Outcome) {
        var world = Self.world(.one(.email), [("20:46", .report("peak", 1, .email, outcome))])
        world.at("20:46:01", .cancel("peak"))
        #expect(world.posted.map(\.kind) == [.dispatch])
    }

    @Test("is sent by a carrier that took an older modification, even if the present one did not get through")
    func olderTaken() {
        let world = Self.world(
            .one(.email),
            [
                ("20:46", .report("peak", 1, .email, .sent)), ("20:50", .modify("peak", end: "23:00")),
                ("20:51", .report("peak", 1, .email, .busy, modification: 1)), ("20:51:01", .cancel("peak")),
            ]
        )
        #expect(world.posted.map(\.kind) == [.dispatch, .dispatch, .cancellation])
    }

    @Test("is tried again after it failed for now, also after an acknowledgement, until the end")
    func retried() {
        var world = Self.world(
            .one(.email),
            [
                ("20:46", .connect(1)), ("20:46", .report("peak", 1, .email, .sent)), ("20:50", .cancel("peak")),
                ("20:51", .acknowledge("peak", 1, .email, from: 1)),
            ]
        )
        world.at("20:52", .report("peak", 1, .email, .busy, kind: .cancellation))
        #expect(world.closing("peak", 1, .email)?.state == .deferred)
        #expect(world.dispatcher.nextDeadline == Timestamp(clock: "20:52:05"))
        world.at("20:52:05", .due)
        world.at("20:52:06", .report("peak", 1, .email, .delivered, kind: .cancellation, attempt: 2))
        #expect(world.closing("peak", 1, .email)?.state == .delivered)
        #expect(world.delivery("peak", 1, .email)?.state == .sent)
    }

    @Test("that is due again only after the end is no longer sent")
    func afterEnd() {
        var world = Self.world(
            .one(.email),
            [("21:59", .cancel("peak")), ("21:59:50", .report("peak", 1, .email, .busy, kind: .cancellation))]
        )
        world.at("22:30", .due)
        #expect(world.posted.count == 2)
        #expect(world.closing("peak", 1, .email)?.state == .withdrawn)
    }

    @Test("of an incident that has lasted longer than deliveries are tried is tried for as long again")
    func openEnd() {
        var world = World(.one(.email))
        world.play([
            ("20:45", .open("peak", program: 1, "21:00-")), ("20:46", .report("peak", 1, .email, .sent)),
            ("+2 08:00", .cancel("peak")), ("+2 08:01", .report("peak", 1, .email, .busy, kind: .cancellation)),
        ])
        #expect(world.closing("peak", 1, .email)?.state == .deferred)
    }

    @Test("is told at the joining to a customer who may know of the dispatch")
    func resync() {
        var world = Self.world(
            .one(.websocket),
            [
                ("20:46", .connect(1)), ("20:46", .join(1, customer: 1)), ("20:47", .close(1)),
                ("20:50", .cancel("peak")),
                ("20:51", .connect(2)),
            ]
        )
        #expect(world.at("20:51", .join(2, customer: 1)).last == "answer joined 1, 0 open")
        #expect(world.heard(by: 2) == ["incident 1#0 cancelled"])
    }

    @Test("is told at the joining to a customer who knows an older modification")
    func resyncOlder() {
        let world = Self.world(
            .one(.websocket),
            [
                ("20:46", .connect(1)), ("20:46", .join(1, customer: 1)),
                ("20:46", .report("peak", 1, .websocket, .sent)),
                ("20:47", .close(1)), ("20:48", .modify("peak", end: "23:00")), ("20:50", .cancel("peak")),
                ("20:51", .connect(2)), ("20:51", .join(2, customer: 1)),
            ]
        )
        #expect(world.heard(by: 2) == ["incident 1#1 cancelled"])
    }

    @Test("is not told to a customer who never heard of the dispatch, nor after the end")
    func neverHeard() {
        var world = Self.world(.one(.websocket), [("20:50", .cancel("peak")), ("20:51", .connect(1))])
        world.at("20:51", .join(1, customer: 1))
        #expect(world.heard(by: 1).isEmpty)
        world.play([("22:00", .due), ("22:01", .join(1, customer: 1))])
        #expect(world.heard(by: 1).isEmpty)
    }

    @Test("is told to a session that was told of the dispatch, though no method got through")
    func toldBySession() {
        let world = Self.world(
            .one(.email),
            [
                ("20:46", .connect(1)), ("20:46", .join(1, customer: 1)),
                ("20:46", .report("peak", 1, .email, .noSuchNumber)),
                ("20:50", .cancel("peak")),
            ]
        )
        #expect(world.heard(by: 1) == ["again 1/1/email#0 (1)", "incident 1#0 cancelled"])
    }

    @Test("of what is unknown, cancelled or over is refused")
    func refused() {
        var world = Self.world()
        #expect(world.at("20:49", .cancel("other")) == ["answer refused unknown-incident"])
        world.at("20:50", .cancel("peak"))
        #expect(world.at("20:51", .cancel("peak")) == ["answer refused incident-over"])
        world = Self.world()
        #expect(world.at("22:00", .cancel("peak")) == ["answer refused incident-over"])
    }

    @Test("of an incident without an end is told at joining for a day, and no longer")
    func openEnded() {
        var world = World(.one(.email, .websocket))
        world.play([("20:45", .open("peak", program: 1, "21:00-")), ("20:50", .cancel("peak"))])
        world.play([("+1 20:49:59", .connect(1)), ("+1 20:49:59", .join(1, customer: 1))])
        #expect(world.heard(by: 1) == ["incident 1#0 cancelled"])
        world.at("+1 20:50", .due)
        #expect(world.closing("peak", 1, .email)?.state == .withdrawn)
        world.play([("+1 20:50", .connect(2)), ("+1 20:50", .join(2, customer: 1))])
        #expect(world.heard(by: 2) == [])
        #expect(world.dispatcher.nextDeadline == nil)
    }

    @Test("of an incident without an end is forgotten by a restart, too, a day later", arguments: [false, true])
    func openEndedAndRestarted(isLater: Bool) {
        var world = World(.one(.email, .websocket))
        world.play([("20:45", .open("peak", program: 1, "21:00-")), ("20:50", .cancel("peak"))])
        world.restart(at: isLater ? "+1 20:50" : "20:51")
        #expect(world.posted.count == (isLater ? 2 : 3))
        world.play([("+1 20:51", .due), ("+1 20:51", .connect(1)), ("+1 20:51", .join(1, customer: 1))])
        #expect(world.heard(by: 1) == [])
    }

    @Test("stops what was being sent, once its report says that it failed")
    func sending() {
        let world = Self.world(
            .one(.email),
            [
                ("20:50", .cancel("peak")), ("20:51", .report("peak", 1, .email, .busy)),
                ("20:51", .report("peak", 1, .email, .sent, kind: .cancellation)),
            ]
        )
        #expect(world.delivery("peak", 1, .email)?.state == .withdrawn)
        #expect(world.dispatcher.nextDeadline == Timestamp(clock: "22:00"))
    }
}
