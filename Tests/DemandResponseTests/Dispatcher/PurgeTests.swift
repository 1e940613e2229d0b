import Base
import DemandResponse
import Testing

@Suite("A purge")
struct PurgeTests {
    private static func world() -> World {
        var world = World(.one(.email, .websocket))
        world.play([
            ("20:00", .connect(1)), ("20:00", .join(1, customer: 1)),
            ("20:45", .open("peak", program: 1, "21:00-22:00")),
            ("20:46", .report("peak", 1, .email, .busy)),
        ])
        return world
    }

    @Test("forgets incidents, dispatches and deadlines, and answers when it has")
    func forgets() {
        var world = Self.world()
        #expect(world.at("20:46:01", .purge()) == ["keep no incidents", "answer done"])
        #expect(world.dispatcher.nextDeadline == nil)
        #expect(world.at("20:46:05", .due) == [])
        #expect(world.at("20:47", .join(1, customer: 1)).last == "answer joined 1, 0 open")
        #expect(world.at("20:47", .cancel("peak")) == ["answer refused unknown-incident"])
        #expect(
            world.at("20:47", .acknowledge("peak", 1, .email, from: 1)).last == "answer refused unknown-dispatch"
        )
    }

    @Test("does not set the numbers of incidents back, and a report of a forgotten one hits no other")
    func numbers() {
        var world = Self.world()
        let stale = world.input(.report("peak", 1, .email, .sent), nil)
        world.at("20:47", .purge())
        #expect(world.at("20:48", .open("next", program: 1, "21:00-22:00")).last == "answer incident 2#0")
        #expect(world.handle(stale, at: Timestamp(clock: "20:49")) == [])
        #expect(world.delivery("next", 1, .email)?.state == .sending)
    }

    @Test("keeps sessions and roster, or with all forgets the roster too")
    func roster() {
        var world = Self.world()
        world.at("20:47", .purge())
        world.at("20:48", .open("next", program: 1, "21:00-22:00"))
        #expect(world.heard(by: 1).suffix(2) == ["new 2/1/email#0 (1)", "new 2/1/websocket#0 (1) sent"])
        #expect(world.at("20:49", .purge(all: true)) == ["keep nothing at all", "answer done"])
        #expect(world.dispatcher.roster == Roster())
        #expect(
            world.at("20:50", .open("more", program: 1, "21:00-22:00")) == ["answer refused unknown-program"]
        )
    }

    @Test("lets an id be used again")
    func idAgain() {
        var world = Self.world()
        world.at("20:47", .purge())
        #expect(world.at("20:48", .open("peak", program: 1, "21:00-22:00")).last == "answer incident 2#0")
    }

    @Test("survives a restart: the numbers go on")
    func restart() {
        var world = Self.world()
        world.at("20:47", .purge())
        world.restart(at: "20:48")
        #expect(world.at("20:49", .open("next", program: 1, "21:00-22:00")).last == "answer incident 2#0")
    }
}
