import Base
import DemandResponse
import Testing

@Suite("A modification")
struct ModificationTests {
    private static func world(_ steps: [(String, Step)] = []) -> World {
        var world = World(.one(.email, .websocket))
        world.play([
            ("20:40", .connect(1)), ("20:40", .join(1, customer: 1)),
            ("20:45", .open("peak", program: 1, "21:00-22:00")),
        ])
        world.play(steps)
        return world
    }

    @Test("is numbered, sends every record anew, and is told to observers as the incident's")
    func table() {
        var world = Self.world([("20:46", .connect(2))])
        #expect(
            world.at("20:50", .modify("peak", end: "23:00")) == [
                "keep incident 1#1",
                "keep 1/1/email#1 sending", "send email 1/1/email#1 dispatch (1)",
                "tell 1 and observers: new 1/1/email#1 (1)",
                "keep 1/1/websocket#1 sending", "tell 1 and observers: new 1/1/websocket#1 (1) sent",
                "tell observers: incident 1#1", "answer incident 1#1",
            ]
        )
        #expect(world.at("20:51", .modify("peak", start: "20:55")).last == "answer incident 1#2")
    }

    @Test("that changes nothing dispatches nobody, and no answer is void")
    func nothingChanges() {
        var world = Self.world([
            ("20:46", .connect(2)), ("20:46", .acknowledge("peak", 1, .websocket, from: 1)),
        ])
        let same: [Step] = [
            .modify("peak", end: "22:00"), .modify("peak", start: "21:00"), .modify("peak"),
            .modify("peak", eventType: "market_dispatch"),
        ]
        for step in same { #expect(world.at("20:50", step) == ["answer incident 1#0"]) }
        #expect(world.base.answer(1, 1) != nil)
        #expect(world.at("20:51", .modify("peak", end: "22:01")).last == "answer incident 1#1")
        #expect(world.at("20:52", .modify("peak", end: "22:01")) == ["answer incident 1#1"])
        #expect(world.at("22:02", .modify("peak", end: "22:01")).last?.contains("incident-over") ?? false)
    }

    @Test("keeps ids and the time of creation, and says the new times")
    func sameRecord() throws {
        var world = Self.world()
        let before = try #require(world.dispatch("peak", 1, .email))
        world.at("20:50", .modify("peak", start: "20:55", end: "23:00", eventType: "emergency"))
        let after = try #require(world.dispatch("peak", 1, .email))
        #expect(after.id == before.id)
        #expect(after.createdAt == Timestamp(clock: "20:45"))
        #expect(after.announcedAt == Timestamp(clock: "20:50"))
        #expect(after.message.hasSuffix("between the hours of 2019-08-27T20:55:00Z and 2019-08-27T23:00:00Z"))
        #expect(world.incident("peak")?.eventType == "emergency")
    }

    @Test("opens the need for an acknowledgement again")
    func reopens() {
        var world = Self.world([
            ("20:46", .acknowledge("peak", 1, .email, from: 1)), ("20:50", .modify("peak", end: "23:00")),
        ])
        #expect(world.base.answer(1, 1) == nil)
        world.at("20:51", .join(1, customer: 1))
        #expect(world.heard(by: 1).suffix(2) == ["again 1/1/email#1 (1)", "again 1/1/websocket#1 (1) sent"])
        world.at("20:52", .acknowledge("peak", 1, .email, from: 1))
        #expect(world.base.answer(1, 1)?.modification == 1)
    }

    @Test("overtakes what was waiting: retries and reports of the older one change nothing")
    func overtakes() {
        var world = Self.world([
            ("20:46", .report("peak", 1, .email, .busy)), ("20:46:01", .modify("peak", end: "23:00")),
        ])
        #expect(world.at("20:46:05", .due) == [])
        #expect(world.at("20:46:06", .report("peak", 1, .email, .sent)) == [])
        #expect(world.delivery("peak", 1, .email)?.state == .sending)
        world.at("20:47", .report("peak", 1, .email, .sent, modification: 1))
        #expect(world.delivery("peak", 1, .email)?.state == .sent)
    }

    @Test(
        "of the end moves the end: the old one passes without effect, the new one counts",
        arguments: ["21:30", "23:00"]
    )
    func end(end: String) {
        var world = Self.world([
            ("20:46", .close(1)), ("20:46", .report("peak", 1, .email, .sent)), ("20:50", .modify("peak", end: end)),
            ("20:51", .report("peak", 1, .email, .sent, modification: 1)),
        ])
        var ended: [String] = []
        for time in ["21:30", "22:00", "23:00"] where !world.at(time, .due).isEmpty { ended.append(time) }
        #expect(ended == [end])
        #expect(world.delivery("peak", 1, .websocket)?.state == .withdrawn)
    }

    @Test("gives an incident without an end its end")
    func openEnd() {
        var world = World(.one(.websocket))
        world.at("20:45", .open("peak", program: 1, "21:00-"))
        #expect(world.dispatcher.nextDeadline == nil)
        world.at("21:45", .modify("peak", end: "22:00"))
        #expect(world.dispatcher.nextDeadline == Timestamp(clock: "22:00"))
    }

    @Test(
        "that cannot be is refused",
        arguments: [
            (.modify("other", end: "23:00"), "unknown-incident"), (.modify("peak", end: "21:00"), "invalid-period"),
            (.modify("peak", start: "22:00"), "invalid-period"),
            (.modify("peak", start: "20:00", end: "20:49"), "incident-over"),
        ] as [(Step, String)]
    )
    func refused(step: Step, code: String) {
        var world = Self.world()
        #expect(world.at("20:50", step) == ["answer refused \(code)"])
        #expect(world.incident("peak")?.modification == 0)
    }

    @Test("of what is cancelled or has ended is refused, even before the end was noticed")
    func over() {
        var world = Self.world()
        #expect(world.at("22:00", .modify("peak", end: "23:00")) == ["answer refused incident-over"])
        world = Self.world([("20:50", .cancel("peak"))])
        #expect(world.at("20:51", .modify("peak", end: "23:00")) == ["answer refused incident-over"])
    }

    @Test("reaches those who were to be dispatched at first, and nobody who enrolled since")
    func coverage() {
        var world = Self.world()
        let roster = Roster.one(.email, .websocket)
        let more = Customer(id: 2, name: "New", program: 1, methods: [.websocket])
        world.at("20:46", .roster(Roster(programs: roster.programs, customers: roster.customers + [more])))
        world.at("20:50", .modify("peak", end: "23:00"))
        #expect(world.base.order.map(\.customer) == [1, 1])
    }
}
