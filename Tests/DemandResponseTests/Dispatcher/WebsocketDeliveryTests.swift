import Base
import DemandResponse
import Testing

@Suite("Delivery over Socket.IO")
struct WebsocketDeliveryTests {
    private static func world(_ steps: [(String, Step)]) -> World {
        var world = World(.one(.websocket))
        world.play(steps)
        return world
    }

    private static let open = ("20:45", Step.open("peak", program: 1, "21:00-22:00"))

    @Test("waits for the customer, is being sent from its joining, and sent on the report")
    func waits() {
        var world = Self.world([Self.open])
        #expect(world.delivery("peak", 1, .websocket) == Delivery(state: .pending))
        world.play([("20:46", .connect(1)), ("20:46", .join(1, customer: 1))])
        #expect(world.delivery("peak", 1, .websocket) == Delivery(state: .sending, attempts: 1))
        #expect(
            world.at("20:47", .report("peak", 1, .websocket, .sent)) == ["keep 1/1/websocket#0 sent (1)"]
        )
        #expect(world.delivery("peak", 1, .websocket)?.sentAt == Timestamp(clock: "20:47"))
    }

    @Test("waits again when the session closed before it took the dispatch, and is sent anew at the next joining")
    func closedBetween() {
        var world = Self.world([
            ("20:44", .connect(1)), ("20:44", .join(1, customer: 1)), Self.open, ("20:45", .close(1)),
            ("20:46", .report("peak", 1, .websocket, .busy)),
        ])
        #expect(world.delivery("peak", 1, .websocket)?.state == .pending)
        #expect(world.dispatcher.nextDeadline == Timestamp(clock: "22:00"))
        world.play([("20:50", .connect(2)), ("20:50", .join(2, customer: 1))])
        #expect(world.heard(by: 2) == ["new 1/1/websocket#0 (2) sent"])
        world.at("20:50", .report("peak", 1, .websocket, .sent, attempt: 1))
        #expect(world.delivery("peak", 1, .websocket)?.state == .sending)
        world.at("20:51", .report("peak", 1, .websocket, .sent, attempt: 2))
        #expect(world.delivery("peak", 1, .websocket)?.state == .sent)
    }

    @Test("is sent when one session of several took it, whichever reports first", arguments: [true, false])
    func oneOfSeveral(failsFirst: Bool) {
        var world = Self.world([
            ("20:44", .connect(1)), ("20:44", .join(1, customer: 1)), Self.open, ("20:45", .close(1)),
            ("20:45", .connect(2)), ("20:45", .join(2, customer: 1)),
        ])
        let outcomes: [DeliveryReport.Outcome] = failsFirst ? [.busy, .sent] : [.sent, .busy]
        for outcome in outcomes { world.at("20:46", .report("peak", 1, .websocket, outcome)) }
        #expect(world.delivery("peak", 1, .websocket)?.state == .sent)
    }

    @Test("is told to every session of the customer")
    func everySession() {
        var world = Self.world([
            ("20:44", .connect(1)), ("20:44", .join(1, customer: 1)), ("20:44", .connect(2)),
            ("20:44", .join(2, customer: 1)), Self.open,
        ])
        #expect(world.heard(by: 1) == ["new 1/1/websocket#0 (1) sent"])
        #expect(world.heard(by: 2) == world.heard(by: 1))
        world.at("20:45", .close(1))
        world.at("20:46", .modify("peak", end: "23:00"))
        #expect(world.delivery("peak", 1, .websocket)?.state == .sending)
    }

    @Test("that fails after the answer or the end is withdrawn", arguments: ["answer", "end", "cancellation"])
    func tooLate(what: String) {
        var world = Self.world([("20:44", .connect(1)), ("20:44", .join(1, customer: 1)), Self.open])
        switch what {
        case "answer": world.at("20:46", .acknowledge("peak", 1, .websocket, from: 1))
        case "end": world.at("22:00", .due)
        default: world.at("20:46", .cancel("peak"))
        }
        world.at("22:01", .report("peak", 1, .websocket, .busy))
        #expect(world.delivery("peak", 1, .websocket)?.state == .withdrawn)
    }

    @Test("is withdrawn at the end if nobody came")
    func nobodyCame() {
        var world = Self.world([Self.open])
        #expect(world.dispatcher.nextDeadline == Timestamp(clock: "22:00"))
        #expect(world.at("22:00", .due) == ["keep 1/1/websocket#0 withdrawn (0)"])
        #expect(world.dispatcher.nextDeadline == nil)
    }
}
