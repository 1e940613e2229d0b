import Base
import DemandResponse
import Testing

@Suite("An attempt of which nobody knows what became of it")
struct UnknownOutcomeTests {
    private static let brokeOff = DeliveryReport.Outcome.unknown(reason: "the relay broke off")

    private static func world() -> World {
        var world = World(.one(.email, .websocket))
        world.at("20:45", .open("peak", program: 1, "21:00-22:00"))
        return world
    }

    @Test("is made again, and remembers that the message may have arrived")
    func again() {
        var world = Self.world()
        #expect(world.at("20:46", .report("peak", 1, .email, Self.brokeOff)) == ["keep 1/1/email#0 deferred (1)"])
        #expect(world.delivery("peak", 1, .email)?.reason == "the relay broke off")
        #expect(world.delivery("peak", 1, .email)?.mayHaveArrived ?? false)
        #expect(world.at("20:46:05", .due).last == "send email 1/1/email#0 dispatch (2)")
        world.at("20:46:06", .report("peak", 1, .email, .sent, attempt: 2))
        #expect(world.delivery("peak", 1, .email)?.state == .sent)
        #expect(world.delivery("peak", 1, .email)?.mayHaveArrived ?? false)
    }

    @Test("has its customer told of a cancellation that comes before the next one")
    func cancelled() {
        var world = Self.world()
        world.at("20:46", .report("peak", 1, .email, Self.brokeOff))
        #expect(world.at("20:46:01", .cancel("peak")).contains("send email 1/1/email#0 cancellation (1)"))
    }

    @Test("is one that a restart has cut off, too")
    func restarted() {
        var world = Self.world()
        #expect(world.delivery("peak", 1, .email)?.mayHaveArrived == false)
        world.restart(at: "20:46")
        #expect(world.delivery("peak", 1, .email)?.attempts == 2)
        #expect(world.delivery("peak", 1, .email)?.mayHaveArrived ?? false)
    }
}
