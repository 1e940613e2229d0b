import Base
import DemandResponse
import Testing

/// A later answer that contradicts an earlier one. The incident is from 21:00 to 22:00, the program's deadline 20:55.
@Suite("A change of mind") struct ChangeOfMindTests {
    /// An answer, and what is kept and told of it; `nil`: nothing is kept, the asker is told what stands.
    struct Answer: Sendable {
        let at: String
        let optOut: Bool
        let kept: String?

        init(_ at: String, _ optOut: Bool, _ kept: String?) {
            self.at = at
            self.optOut = optOut
            self.kept = kept
        }
    }

    private static func world() -> World {
        var world = World(.one(.websocket, within: .minutes(10)))
        world.play([
            ("20:40", .connect(1)), ("20:40", .join(1, customer: 1)), ("20:40", .connect(2)),
            ("20:45", .open("peak", program: 1, "21:00-22:00")),
        ])
        return world
    }

    static let courses: [[Answer]] = [
        // Out, in, and the same again, which changes nothing and is told of what stands.
        [
            Answer("20:46", true, "declined by Ann at 20:46"),
            Answer("20:47", false, "acknowledged by Ann at 20:47, first at 20:46"), Answer("20:48", false, nil),
            Answer("20:49", true, "declined by Ann at 20:49, first at 20:46"), Answer("20:50", true, nil),
        ],
        // In time is who first answered in time, whatever comes after the deadline; and late who did not.
        [
            Answer("20:55", false, "acknowledged by Ann at 20:55"),
            Answer("20:56", true, "declined by Ann at 20:56, first at 20:55"),
        ],
        [
            Answer("20:56", true, "declined by Ann at 20:56, late"),
            Answer("20:57", false, "acknowledged by Ann at 20:57, first at 20:56, late"),
        ],
        // A moment before the start it is declined, at the start withdrawn; and taken up again.
        [
            Answer("20:46", false, "acknowledged by Ann at 20:46"),
            Answer("20:59:59", true, "declined by Ann at 20:59:59, first at 20:46"),
        ],
        [
            Answer("20:46", false, "acknowledged by Ann at 20:46"),
            Answer("21:00", true, "withdrawn by Ann at 21:00, first at 20:46"), Answer("21:01", true, nil),
            Answer("21:02", false, "acknowledged by Ann at 21:02, first at 20:46"),
            Answer("22:30", true, "withdrawn by Ann at 22:30, first at 20:46"),
        ],
        // Who never opted in has nothing to withdraw.
        [Answer("21:10", true, "declined by Ann at 21:10, late")],
    ]

    @Test("counts from then on, and keeps the first answer's time", arguments: courses)
    func course(_ answers: [Answer]) {
        var world = Self.world()
        var standing = ""
        for answer in answers {
            let step = Step.acknowledge("peak", 1, .websocket, from: 1, optOut: answer.optOut)
            let effects = world.at(answer.at, step)
            if let kept = answer.kept {
                standing = "1/1#0 \(kept)"
                #expect(effects == ["keep \(standing)", "tell 1 and observers: \(standing)", "answer \(standing)"])
            } else {
                #expect(effects == ["tell session 1: \(standing)", "answer \(standing)"])
            }
            #expect(world.base.answer(1, 1)?.notation == standing)
        }
    }

    @Test("may come from an operator, and after a restart", arguments: [1, 2] as [Int64])
    func restart(session: Int64) {
        var world = Self.world()
        world.at("20:46", .acknowledge("peak", 1, .websocket, from: 1))
        world.at("20:47", .acknowledge("peak", 1, .websocket, from: 2, by: "Bob", optOut: true))
        world.restart(at: "20:47:30")
        world.play([("20:48", .connect(1)), ("20:48", .join(1, customer: 1)), ("20:48", .connect(2))])
        #expect(
            world.at("20:49", .acknowledge("peak", 1, .websocket, from: session, optOut: true)).last
                == "answer 1/1#0 declined by Bob at 20:47, first at 20:46"
        )
        #expect(
            world.at("20:50", .acknowledge("peak", 1, .websocket, from: session)).last
                == "answer 1/1#0 acknowledged by Ann at 20:50, first at 20:46"
        )
    }

    @Test("of an older modification counts for that one alone")
    func older() {
        var world = Self.world()
        world.play([
            ("20:46", .acknowledge("peak", 1, .websocket, from: 1)), ("20:47", .modify("peak", end: "22:30")),
            ("20:48", .acknowledge("peak", 1, .websocket, from: 1, modification: 1)),
        ])
        #expect(
            world.at("20:49", .acknowledge("peak", 1, .websocket, from: 1, optOut: true, modification: 0)).last
                == "answer 1/1#0 declined by Ann at 20:49, first at 20:46"
        )
        #expect(world.base.answer(1, 1)?.optsOut == false)
        world.restart(at: "20:49:30")
        world.play([("20:50", .connect(1)), ("20:50", .join(1, customer: 1))])
        #expect(
            world.at("20:51", .acknowledge("peak", 1, .websocket, from: 1, optOut: true, modification: 0)).last
                == "answer 1/1#0 declined by Ann at 20:49, first at 20:46"
        )
    }
}
