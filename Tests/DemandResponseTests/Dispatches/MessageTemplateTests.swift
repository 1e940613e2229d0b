import Base
import DemandResponse
import Testing

@Suite("The words of a dispatch")
struct MessageTemplateTests {
    private static func message(
        _ template: String?,
        period: Incident.Period = Incident.Period(
            start: Timestamp(clock: "21:00"),
            end: Timestamp(clock: "22:00"),
            startText: "08/27/2019 21:00",
            endText: "08/27/2019 22:00"
        ),
        isTest: Bool = false
    ) -> String? {
        var world = World(.one(.websocket, template: template))
        let request = IncidentRequest(
            id: UniqueID(named: "peak"),
            correlation: UniqueID(named: "correlation"),
            program: 1,
            eventType: "market_dispatch",
            period: period,
            isTest: isTest
        )
        world.handle(.incidentRequested(request, nil), at: Timestamp(clock: "20:00"))
        return world.dispatch("peak", 1, .websocket)?.message
    }

    @Test("are the first version's, with the operator's own times and single blanks")
    func standard() {
        let expected =
            "Dear Voltan, You have been dispatched as part of the Program \"Evening Peak\". Please have your full "
            + "curtailment plan in effect between the hours of 08/27/2019 21:00 and 08/27/2019 22:00"
        #expect(Self.message(nil) == expected)
    }

    @Test(
        "may be a program's own",
        arguments: [
            (
                "{customer}: {program} from {start} to {end}",
                "Mill: Evening Peak from 08/27/2019 21:00 to 08/27/2019 22:00"
            ),
            ("{event_type}, change {modification}", "market_dispatch, change 0"),
            ("no fields", "no fields"), ("", ""), ("{customer}{customer}", "MillMill"),
            ("{unknown} {", "{unknown} {"), ("{{program}}", "{Evening Peak}"), ("{Program}", "{Program}"),
        ]
    )
    func own(template: String, message: String) {
        #expect(Self.message(template) == message)
    }

    @Test(
        "begin with a warning if it is a drill, whatever the program's own words",
        arguments: [nil, "{customer}: {start}"]
    )
    func drill(template: String?) throws {
        let real = try #require(Self.message(template))
        #expect(Self.message(template, isTest: true) == "THIS IS A DRILL. " + real)
    }

    @Test("say further notice where there is no end")
    func openEnd() {
        #expect(Self.message("until {end}", period: Incident.Period("21:00-")) == "until further notice")
    }

    @Test("are not read again for fields: a name may look like one")
    func names() {
        var roster = Roster.one(.websocket, template: "{program}, {customer}")
        roster = Roster(
            programs: roster.programs.map {
                Program(id: $0.id, name: "{customer}", messageTemplate: $0.messageTemplate)
            },
            customers: roster.customers.map { Customer(id: $0.id, name: "{start}", program: 1, methods: $0.methods) }
        )
        var world = World(roster)
        world.at("20:00", .open("peak", program: 1, "21:00-22:00"))
        #expect(world.dispatch("peak", 1, .websocket)?.message == "{customer}, {start}")
    }
}
