import Base
import DemandResponse
import Testing

@Suite("An acknowledgement and its deadline")
struct LateAcknowledgementTests {
    private static func world(_ period: String, within: Span?, _ steps: [(String, Step)] = []) -> World {
        var world = World(.one(.websocket, within: within))
        world.play([
            ("20:00", .connect(1)), ("20:00", .join(1, customer: 1)), ("20:45", .open("peak", program: 1, period)),
        ])
        world.play(steps)
        return world
    }

    @Test(
        "is late after the program's deadline, or from the end on, whichever comes first",
        arguments: [
            ("20:45", 10, false), ("20:55", 10, false), ("20:55:00.000001", 10, true), ("21:30", 10, true),
            ("21:59:59", nil, false), ("22:00", nil, true), ("+3 09:00", nil, true), ("22:00", 600, true),
        ] as [(String, Int64?, Bool)]
    )
    func deadlines(time: String, minutes: Int64?, isLate: Bool) {
        var world = Self.world("21:00-22:00", within: minutes.map(Span.minutes))
        world.at(time, .acknowledge("peak", 1, .websocket, from: 1))
        #expect(world.base.answer(1, 1)?.isLate == isLate)
    }

    @Test("without a deadline and without an end is never late")
    func never() {
        var world = Self.world("21:00-", within: nil)
        world.at("+30 09:00", .acknowledge("peak", 1, .websocket, from: 1))
        #expect(world.base.answer(1, 1)?.isLate == false)
    }

    @Test("after a cancellation is kept, as late, and sends nothing")
    func afterCancellation() {
        var world = Self.world("21:00-22:00", within: nil, [("20:50", .cancel("peak"))])
        #expect(
            world.at("20:51", .acknowledge("peak", 1, .websocket, from: 1)) == [
                "keep 1/1#0 acknowledged by Ann at 20:51, late", "tell 1: 1/1#0 acknowledged by Ann at 20:51, late",
                "answer 1/1#0 acknowledged by Ann at 20:51, late",
            ]
        )
    }

    @Test("has a new deadline after a modification")
    func modification() {
        var world = Self.world("21:00-22:00", within: .minutes(10), [("20:54", .modify("peak", end: "23:00"))])
        world.at("21:03", .acknowledge("peak", 1, .websocket, from: 1))
        #expect(world.base.answer(1, 1)?.isLate == false)
    }

    @Test(
        "of an older modification has that one's deadline, also after a restart",
        arguments: [("20:55", false), ("20:55:00.000001", true), ("21:02", true)],
        [false, true]
    )
    func deadlineOfOlder(answer: (time: String, isLate: Bool), isRestarted: Bool) {
        var world = Self.world("21:00-22:00", within: .minutes(10), [("20:54", .modify("peak", end: "23:00"))])
        if isRestarted {
            world.restart(at: "20:54:30")
            world.play([("20:54:30", .connect(1)), ("20:54:30", .join(1, customer: 1))])
        }
        world.at(answer.time, .acknowledge("peak", 1, .websocket, from: 1, modification: 0))
        let key = Database.AcknowledgementKey(incident: 1, customer: 1, modification: 0)
        #expect(world.base.acknowledgements[key]?.isLate == answer.isLate)
    }

    @Test("of an older modification counts for that one only, and the present one stays open")
    func older() {
        var world = Self.world("21:00-22:00", within: nil, [("20:50", .modify("peak", end: "23:00"))])
        #expect(
            world.at("20:51", .acknowledge("peak", 1, .websocket, from: 1, modification: 0)) == [
                "keep 1/1#0 acknowledged by Ann at 20:51", "tell 1: 1/1#0 acknowledged by Ann at 20:51",
                "answer 1/1#0 acknowledged by Ann at 20:51",
            ]
        )
        #expect(world.base.answer(1, 1) == nil)
        world.at("20:52", .acknowledge("peak", 1, .websocket, from: 1, by: "Bob"))
        #expect(world.base.answer(1, 1)?.by == "Bob")
    }

    @Test("of an older modification counts once, too, whether it came before the modification or after")
    func olderOnce() {
        var world = Self.world("21:00-22:00", within: nil)
        world.play([
            ("20:46", .acknowledge("peak", 1, .websocket, from: 1)), ("20:50", .modify("peak", end: "23:00")),
        ])
        #expect(
            world.at("20:51", .acknowledge("peak", 1, .websocket, from: 1, by: "Bob", modification: 0)) == [
                "tell session 1: 1/1#0 acknowledged by Ann at 20:46", "answer 1/1#0 acknowledged by Ann at 20:46",
            ]
        )
        world.play([
            ("20:52", .modify("peak", end: "23:30")),
            ("20:53", .acknowledge("peak", 1, .websocket, from: 1, by: "Cy", modification: 1)),
        ])
        #expect(
            world.at("20:54", .acknowledge("peak", 1, .websocket, from: 1, by: "Di", modification: 1)).last
                == "answer 1/1#1 acknowledged by Cy at 20:53"
        )
        #expect(world.base.acknowledgements.count == 2)
    }

    @Test("of a modification that there is not is refused", arguments: [-1, 1, 9])
    func newer(modification: Int) {
        var world = Self.world("21:00-22:00", within: nil)
        #expect(
            world.at("20:51", .acknowledge("peak", 1, .websocket, from: 1, modification: modification)) == [
                "tell session 1: refused unknown-modification", "answer refused unknown-modification",
            ]
        )
    }
}
