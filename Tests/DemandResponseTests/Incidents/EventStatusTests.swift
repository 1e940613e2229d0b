import Base
import DemandResponse
import Testing

@Suite("The status of an incident")
struct EventStatusTests {
    private static func incident(_ period: String, created: String = "20:00", cancelled: String? = nil) -> Incident {
        Incident(
            number: 1,
            id: UniqueID(named: "peak"),
            correlation: UniqueID(named: "correlation"),
            program: 1,
            eventType: "market_dispatch",
            period: Incident.Period(period),
            createdAt: Timestamp(clock: created),
            closing: cancelled.map { Closing(.cancellation, at: Timestamp(clock: $0)) }
        )
    }

    @Test(
        "goes from none over far, near and active to completed",
        arguments: [
            ("19:59:59", .none), ("20:00", .far), ("20:29:59", .far), ("20:30", .near), ("20:59:59", .near),
            ("21:00", .active), ("21:59:59", .active), ("22:00", .completed), ("+9 00:00", .completed),
        ] as [(String, EventStatus)]
    )
    func forward(time: String, status: EventStatus) {
        #expect(Self.incident("21:00-22:00").status(at: Timestamp(clock: time)) == status)
    }

    @Test("is cancelled for ever once cancelled, and what it was before that")
    func cancelled() {
        let incident = Self.incident("21:00-22:00", cancelled: "21:30")
        #expect(incident.status(at: Timestamp(clock: "21:29:59")) == .active)
        for time in ["21:30", "22:00", "+9 00:00"] {
            #expect(incident.status(at: Timestamp(clock: time)) == .cancelled)
        }
    }

    @Test("stays active without an end")
    func openEnd() {
        #expect(Self.incident("21:00-").status(at: Timestamp(clock: "+99 21:00")) == .active)
    }

    @Test("is active at once when the call comes after the start")
    func lateCall() {
        let incident = Self.incident("15:00-17:59", created: "15:02")
        #expect(incident.status(at: Timestamp(clock: "15:01")) == .none)
        #expect(incident.status(at: Timestamp(clock: "15:02")) == .active)
    }

    @Test("is near for as long as the ramp-up that is asked for")
    func rampUp() {
        let incident = Self.incident("21:00-22:00")
        #expect(incident.status(at: Timestamp(clock: "20:50"), rampUp: .minutes(5)) == .far)
        #expect(incident.status(at: Timestamp(clock: "20:55"), rampUp: .minutes(5)) == .near)
    }

    @Test("a period without words of its own says ISO 8601, an open end says nothing")
    func words() {
        let period = Incident.Period("21:00-")
        #expect(period.startText == "2019-08-27T21:00:00Z")
        #expect(period.endText == nil)
        #expect(!period.hasEnded(at: Timestamp(clock: "+99 00:00")))
    }

    @Test("a change keeps what it does not name, words included")
    func change() {
        let period = Incident.Period(
            start: Timestamp(clock: "21:00"),
            end: Timestamp(clock: "22:00"),
            startText: "nine",
            endText: "ten"
        )
        var world = World(.one(.websocket))
        let request = IncidentRequest(
            id: UniqueID(named: "peak"),
            correlation: UniqueID(named: "correlation"),
            program: 1,
            eventType: "market_dispatch",
            period: period
        )
        world.handle(.incidentRequested(request, nil), at: Timestamp(clock: "20:00"))
        let change = IncidentChange(id: request.id, end: Timestamp(clock: "23:00"), endText: "eleven")
        world.handle(.incidentChanged(change, nil), at: Timestamp(clock: "20:10"))
        #expect(world.incident("peak")?.period.startText == "nine")
        #expect(world.incident("peak")?.period.endText == "eleven")
        #expect(world.incident("peak")?.period.start == period.start)
        #expect(world.incident("peak")?.eventType == "market_dispatch")
    }
}
