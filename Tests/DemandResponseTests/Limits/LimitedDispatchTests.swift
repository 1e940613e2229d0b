import Base
import DemandResponse
import Foundation
import Testing

/// Limits in the dispatcher: what it keeps, and goes on from.
@Suite("Limits in the dispatcher")
struct LimitedDispatchTests {
    private static func world(_ json: String, methods: [DispatchMethod] = [.email]) throws -> World {
        let rules = try JSONDecoder().decode(ProgramRules.self, from: Data(json.utf8))
        let customers = (1...3).map {
            Customer(
                id: $0,
                name: "Site \($0)",
                email: "site\($0)@grid.example",
                program: 1,
                group: $0 < 3 ? "north" : "south",
                methods: methods
            )
        }
        let program = Program(id: 1, name: "Evening Peak", timeZone: "UTC", rules: rules)
        return World(Roster(programs: [program], customers: customers), retries: .patient)
    }

    private static let daily = #"{"limits": {"counts": [{"per": "day", "events": 1}]}}"#
    private static let refused = ["answer refused against-limits"]

    @Test("two at once: judged and counted one after the other, in one transaction or not")
    func twoAtOnce() throws {
        var world = try Self.world(Self.daily)
        world.at("12:00", .open("first", program: 1, "14:00-15:00"))
        #expect(world.at("12:00", .open("second", program: 1, "16:00-17:00")) == Self.refused)
    }

    @Test("after a restart: counters come from the database, also of archived events")
    func restart() throws {
        var world = try Self.world(Self.daily)
        world.at("12:00", .open("first", program: 1, "13:00-14:00"))
        world.restart(at: "12:30")
        #expect(world.at("12:31", .open("second", program: 1, "16:00-17:00")) == Self.refused)
        world.at("15:00", .archive(["first"]))
        #expect(world.at("15:01", .open("second", program: 1, "16:00-17:00")) == Self.refused)
        world.restart(at: "15:02")
        #expect(world.at("15:03", .open("second", program: 1, "16:00-17:00")) == Self.refused)
    }

    @Test("a cancelled event: counts once its first notice has left, also after a restart")
    func cancelled() throws {
        for (methods, counts) in [([DispatchMethod.email], true), ([.websocket], false)] {
            var world = try Self.world(Self.daily, methods: methods)
            world.at("12:00", .open("first", program: 1, "14:00-15:00"))
            world.at("12:01", .cancel("first"))
            let refused = world.at("12:02", .open("second", program: 1, "16:00-17:00")) == Self.refused
            #expect(refused == counts)
            var again = try Self.world(Self.daily, methods: methods)
            again.at("12:00", .open("first", program: 1, "14:00-15:00"))
            again.at("12:01", .cancel("first"))
            again.restart(at: "12:02")
            #expect((again.at("12:03", .open("second", program: 1, "16:00-17:00")) == Self.refused) == counts)
        }
    }

    @Test("modify: refused, the old one stands unchanged")
    func refusedChange() throws {
        var world = try Self.world(#"{"limits": {"length": {"most": "2h"}}}"#)
        world.at("12:00", .open("first", program: 1, "14:00-15:00"))
        let before = world.incident("first")
        #expect(world.at("12:10", .modify("first", end: "17:00")) == Self.refused)
        #expect(world.incident("first") == before)
        world.at("12:20", .modify("first", end: "16:00"))
        #expect(world.incident("first")?.modification == 1)
    }

    @Test("an open end: the rules end it where the longest event ends, with an all-clear")
    func openEnd() throws {
        var world = try Self.world(#"{"limits": {"length": {"most": "2h"}}}"#)
        world.at("12:00", .open("first", program: 1, "14:00-"))
        world.restart(at: "13:00")
        #expect(world.dispatcher.nextDeadline == Timestamp(clock: "16:00"))
        world.at("16:00", .due)
        #expect(world.incident("first")?.recalledAt == Timestamp(clock: "16:00"))
        #expect(world.posted.suffix(3).map(\.kind) == [.allClear, .allClear, .allClear])
        world.restart(at: "16:01")
        #expect(world.incident("first")?.recalledAt == Timestamp(clock: "16:00"))
    }

    @Test("an open end: the rules end it there also by a clock that was set", arguments: [-30, 30])
    func openEndByAnotherClock(minutes: Int64) throws {
        var world = try Self.world(#"{"limits": {"length": {"most": "2h"}}}"#)
        world.at("12:00", .open("first", program: 1, "14:00-"))
        let step = Span.minutes(minutes)
        world.handle(.clockSet(step), at: Timestamp(clock: "13:00") + step)
        world.at("15:59", .due)
        #expect(world.incident("first")?.recalledAt == nil)
        world.at("16:00", .due)
        #expect(world.incident("first")?.recalledAt == Timestamp(clock: "16:00"))
    }

    @Test("announced after its own end: refused where the program has a notice, dispatched where it has none")
    func belated() throws {
        for (rules, isRefused) in [
            (#"{"limits": {"notice": {"least": "30m"}}}"#, true), (#"{"limits": {"length": {"most": "2h"}}}"#, false),
        ] {
            var world = try Self.world(rules)
            let answer = world.at("15:01", .open("late", program: 1, "14:00-15:00"))
            #expect((answer == Self.refused) == isRefused)
            #expect((world.dispatch("late", 1, .email) != nil) != isRefused)
        }
    }

    @Test("a change that changes nothing: accepted, whatever the rules say by now")
    func unchanged() throws {
        var world = try Self.world("{}")
        world.at("12:00", .open("first", program: 1, "14:00-17:00"))
        let before = world.incident("first")
        let shorter = try Self.world(
            #"{"limits": {"length": {"most": "1h"}, "notice": {"least": "4h"}}, "binding": true}"#
        )
        world.at("12:05", .roster(shorter.base.roster))
        #expect(world.at("12:10", .modify("first", end: "17:00")) == ["answer incident 1#0"])
        #expect(world.incident("first") == before)
        #expect(world.at("12:11", .modify("first", end: "17:01")) == Self.refused)
    }

    @Test("of: customer: who is full is left out, also after archiving and a restart; the others are dispatched")
    func customers() throws {
        var world = try Self.world(#"{"limits": {"counts": [{"per": "day", "events": 1}], "of": "customer"}}"#)
        world.at("12:00", .open("north", program: 1, groups: ["north"], "13:00-14:00"))
        world.at("15:00", .archive(["north"]))
        world.restart(at: "15:01")
        world.at("15:02", .open("all", program: 1, "16:00-17:00"))
        #expect(world.base.leftOut.map(\.customer) == [1, 2])
        #expect(world.base.leftOut.first?.names == ["day_limit"])
        #expect(world.dispatch("all", 3, .email) != nil)
        #expect(world.dispatch("all", 1, .email) == nil)
        let use = world.dispatcher.use(of: 1, at: Timestamp(clock: "15:03"))
        #expect(use?.fullCustomers == 3)
    }
}
