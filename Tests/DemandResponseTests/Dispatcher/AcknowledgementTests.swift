import Base
import DemandResponse
import Testing

@Suite("An acknowledgement")
struct AcknowledgementTests {
    private static func world(_ roster: Roster = .drill, program: Program.ID = 1) -> World {
        var world = World(roster)
        world.play([
            ("20:40", .connect(1)), ("20:40", .join(1, customer: 1)),
            ("20:45", .open("peak", program: program, "21:00-22:00")),
        ])
        return world
    }

    @Test("answers for all records of its customer, and each is told to the customer and the observers")
    func forAll() {
        var world = Self.world()
        world.play([("20:45", .connect(2)), ("20:45", .join(2, customer: 1)), ("20:45", .connect(3))])
        #expect(
            world.at("20:50", .acknowledge("peak", 1, .websocket, from: 1)) == [
                "keep 1/1#0 acknowledged by Ann at 20:50",
                "tell 1 and observers: 1/1#0 acknowledged by Ann at 20:50",
                "tell 1 and observers: 1/1#0 acknowledged by Ann at 20:50",
                "answer 1/1#0 acknowledged by Ann at 20:50",
            ]
        )
        for session in [1, 2, 3] as [Int64] {
            let updates = world.heard[SessionID(session), default: []].compactMap { news in
                if case .acknowledgement(let dispatch, _, _) = news { dispatch } else { nil }
            }
            #expect(updates == [world.dispatch("peak", 1, .email)?.id, world.dispatch("peak", 1, .websocket)?.id])
        }
    }

    @Test("counts once: later ones that say the same get the first one's time and name, alone, and change nothing")
    func idempotent() {
        var world = Self.world()
        world.at("20:50", .acknowledge("peak", 1, .email, from: 1, by: "Ann", stated: "ten to nine"))
        #expect(
            world.at("20:55", .acknowledge("peak", 1, .websocket, from: 1, by: "Bob")) == [
                "tell session 1: 1/1#0 acknowledged by Ann at 20:50", "answer 1/1#0 acknowledged by Ann at 20:50",
            ]
        )
        let kept = world.base.answer(1, 1)
        #expect(kept?.statedTime == "ten to nine")
        #expect(kept?.optsOut == false)
    }

    @Test("of any record does", arguments: [DispatchMethod.voice, .email, .text, .webhook, .websocket])
    func anyRecord(method: DispatchMethod) {
        var world = Self.world(program: 2)
        world.play([("20:46", .join(1, customer: 5)), ("20:47", .acknowledge("peak", 5, method, from: 1))])
        #expect(world.base.answer(1, 5)?.by == "Ann")
        #expect(world.delivery("peak", 5, .websocket)?.state == .sending)
    }

    @Test("by an observer counts for the customer whose record it names, even one that nothing reaches")
    func observer() {
        var world = Self.world(program: 2)
        world.play([("20:46", .connect(9)), ("20:46", .acknowledge("peak", 4, nil, from: 9))])
        #expect(world.heard(by: 9).last == "1/4#0 acknowledged by Ann at 20:46")
        #expect(world.base.answer(1, 4) != nil)
    }

    @Test("of another customer's dispatch is refused, to the sender only")
    func wrongCustomer() {
        var world = Self.world()
        #expect(
            world.at("20:50", .acknowledge("peak", 2, .websocket, from: 1)) == [
                "tell session 1: refused wrong-customer", "answer refused wrong-customer",
            ]
        )
        #expect(world.base.acknowledgements.isEmpty)
    }

    @Test("of a dispatch that does not exist is refused, to the sender only")
    func unknown() {
        var world = Self.world()
        #expect(
            world.at("20:50", .acknowledgeUnknown(from: 1)) == [
                "tell session 1: refused unknown-dispatch", "answer refused unknown-dispatch",
            ]
        )
    }

    @Test("may decline")
    func optOut() {
        var world = Self.world()
        #expect(
            world.at("20:50", .acknowledge("peak", 1, .email, from: 1, optOut: true)).last
                == "answer 1/1#0 declined by Ann at 20:50"
        )
    }

    @Test("withdraws what waits for its customer and leaves others' alone")
    func withdraws() {
        var world = Self.world()
        world.at("20:46", .report("peak", 1, .email, .busy))
        let effects = world.at("20:46:01", .acknowledge("peak", 1, .websocket, from: 1))
        #expect(effects.contains("keep 1/1/email#0 withdrawn (1)"))
        #expect(world.delivery("peak", 2, .websocket)?.state == .pending)
    }

    @Test("of everybody leaves the incident to its end")
    func everybody() {
        var world = Self.world(.one(.websocket))
        world.at("20:50", .acknowledge("peak", 1, .websocket, from: 1))
        #expect(world.dispatcher.nextDeadline == Timestamp(clock: "22:00"))
        #expect(world.at("22:00", .due) == [])
        #expect(world.dispatcher.nextDeadline == nil)
    }
}
