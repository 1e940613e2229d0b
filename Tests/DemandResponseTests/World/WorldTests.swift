import Base
import DemandResponse
import Testing

@Suite("The mock world")
struct WorldTests {
    private static func opened() -> World {
        var world = World(.one(.email))
        world.play([("20:45", .connect(1)), ("20:45", .open("peak", program: 1, "21:00-22:00"))])
        return world
    }

    private static func complaints(_ world: World, _ effects: [Effect]) -> Int {
        var world = world
        world.accept(effects, of: .deadlineReached, nil)
        return world.complaints.count
    }

    @Test("refuses a delivery that goes backwards, or whose attempts do not count")
    func transitions() throws {
        let world = Self.opened()
        let key = world.key("peak", 1, .email)
        func change(_ state: DeliveryState, _ attempts: Int) -> [Effect] {
            [.record(.delivery(key, modification: 0, .dispatch, Delivery(state: state, attempts: attempts)))]
        }
        #expect(Self.complaints(world, change(.sent, 1)) == 0)
        #expect(Self.complaints(world, change(.sent, 2)) == 1)
        #expect(Self.complaints(world, change(.sending, 2)) == 1)
        #expect(Self.complaints(world, change(.sent, 1) + change(.sending, 2)) == 1)
    }

    @Test("refuses a second acknowledgement of the same modification, and a row that is not of now")
    func acknowledgements() {
        let world = Self.opened()
        let now = Acknowledgement(incident: 1, customer: 1, modification: 0, at: world.now, by: "Ann")
        var earlier = now
        earlier.at = Timestamp(clock: "20:44")
        #expect(Self.complaints(world, [.record(.acknowledgement(now))]) == 0)
        #expect(Self.complaints(world, [.record(.acknowledgement(now)), .record(.acknowledgement(now))]) == 1)
        #expect(Self.complaints(world, [.record(.acknowledgement(earlier))]) == 1)
    }

    @Test("refuses what is sent after the answer, and what was not committed")
    func sending() throws {
        let world = Self.opened()
        let message = try #require(world.posted.first)
        let answer = Acknowledgement(incident: 1, customer: 1, modification: 0, at: world.now, by: "Ann")
        var strange = message
        strange.dispatch = Dispatch(
            key: DispatchKey(incident: 2, customer: 1, method: .email),
            id: message.dispatch.id,
            incident: message.dispatch.incident,
            modification: 0,
            program: 1,
            programName: "",
            customerName: "",
            message: "",
            moreInfo: "",
            createdAt: world.now,
            announcedAt: world.now
        )
        #expect(Self.complaints(world, [.send(message)]) == 0)
        #expect(Self.complaints(world, [.record(.acknowledgement(answer)), .send(message)]) == 1)
        #expect(Self.complaints(world, [.send(strange)]) == 1)
    }

    @Test("refuses news for nobody, and news of what was not committed")
    func news() throws {
        let world = Self.opened()
        var incident = try #require(world.incident("peak"))
        #expect(Self.complaints(world, [.emit(.incident(incident), to: .session(SessionID(1)))]) == 0)
        #expect(Self.complaints(world, [.emit(.incident(incident), to: .session(SessionID(2)))]) == 1)
        #expect(Self.complaints(world, [.emit(.incident(incident), to: .customer(1))]) == 1)
        incident.closing = Closing(.cancellation, at: world.now)
        #expect(Self.complaints(world, [.emit(.incident(incident), to: .observers)]) == 1)
    }

    @Test("refuses a row beside a refusal")
    func refusal() {
        let effects: [Effect] = [
            .record(.roster(Roster())), .refused(Refusal(.unknownProgram, "there is no program 9")),
        ]
        #expect(Self.complaints(Self.opened(), effects) == 1)
    }
}
