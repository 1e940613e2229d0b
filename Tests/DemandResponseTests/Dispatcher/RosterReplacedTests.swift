import Base
import DemandResponse
import Testing

@Suite("A new roster")
struct RosterReplacedTests {
    private static let other = Roster(
        programs: [Program(id: 1, name: "Evening Peak"), Program(id: 7, name: "New")],
        customers: [Customer(id: 70, name: "Newcomer", email: "new@grid.example", program: 7, methods: [.email])]
    )

    @Test("is kept and answered, and counts from the next incident on")
    func counts() {
        var world = World(.one(.websocket))
        #expect(world.at("20:00", .roster(Self.other)) == ["keep roster of 1", "answer done"])
        world.at("20:01", .open("new", program: 7, "21:00-22:00"))
        #expect(world.base.order.map(\.label) == ["1/70/email"])
    }

    @Test("leaves running incidents their customers: they can answer, and are told of the end")
    func running() {
        var world = World(.one(.websocket))
        world.play([
            ("20:00", .connect(1)), ("20:00", .join(1, customer: 1)),
            ("20:45", .open("peak", program: 1, "21:00-22:00")),
            ("20:46", .roster(Self.other)),
        ])
        #expect(
            world.at("20:47", .acknowledge("peak", 1, .websocket, from: 1)).last
                == "answer 1/1#0 acknowledged by Ann at 20:47"
        )
        world.at("20:48", .cancel("peak"))
        #expect(world.heard(by: 1).last == "incident 1#0 cancelled")
    }

    @Test("without a customer, or without its method, ends the attempts to reach it", arguments: [other, .one(.text)])
    func noRetry(roster: Roster) {
        var world = World(.one(.email))
        world.play([
            ("20:45", .open("peak", program: 1, "21:00-22:00")), ("20:46", .report("peak", 1, .email, .busy)),
            ("20:46", .roster(roster)),
        ])
        #expect(world.at("20:46:05", .due) == ["keep 1/1/email#0 withdrawn (1)"])
        #expect(world.dispatcher.nextDeadline == Timestamp(clock: "22:00"))
    }

    @Test("without a customer sends it neither a modification nor a cancellation, nor anything after a restart")
    func noNews() {
        var world = World(.one(.email, .websocket))
        world.play([("20:45", .open("peak", program: 1, "21:00-22:00")), ("20:46", .roster(Self.other))])
        world.restart(at: "20:47")
        #expect(world.delivery("peak", 1, .email)?.state == .withdrawn)
        world.at("20:48", .modify("peak", end: "23:00"))
        #expect(world.delivery("peak", 1, .email) == Delivery(state: .withdrawn))
        #expect(world.delivery("peak", 1, .websocket)?.state == .pending)
        world.at("20:50", .cancel("peak"))
        #expect(world.closing("peak", 1, .email) == nil)
        #expect(world.posted.count == 1)
    }

    @Test("with another address sends what is tried again to that one")
    func newAddress() {
        var world = World(.one(.email))
        var customer = world.base.roster.customers[0]
        customer.email = "works@grid.example"
        world.play([
            ("20:45", .open("peak", program: 1, "21:00-22:00")), ("20:46", .report("peak", 1, .email, .busy)),
            ("20:46", .roster(Roster(programs: world.base.roster.programs, customers: [customer]))), ("20:46:05", .due),
        ])
        #expect(world.posted.map(\.destination) == ["mill@grid.example", "works@grid.example"])
    }

    @Test("does not let a session join a customer who is gone")
    func gone() {
        var world = World(.one(.websocket))
        world.play([("20:00", .roster(Self.other)), ("20:01", .connect(1))])
        #expect(world.at("20:01", .join(1, customer: 1)) == ["answer refused unknown-customer"])
        #expect(world.at("20:01", .join(1, customer: 70)).last == "answer joined 70, 0 open")
    }

    @Test("without the program of a running incident leaves its words and its name")
    func programGone() {
        var world = World(.one(.websocket))
        world.play([
            ("20:45", .open("peak", program: 1, "21:00-22:00")), ("20:46", .roster(Roster())),
            ("20:50", .modify("peak", end: "23:00")),
        ])
        #expect(world.dispatch("peak", 1, .websocket)?.programName == "Evening Peak")
        #expect(world.dispatch("peak", 1, .websocket)?.message.contains("\"Evening Peak\"") == true)
    }
}
