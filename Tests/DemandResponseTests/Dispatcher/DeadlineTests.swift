import Base
import DemandResponse
import Testing

@Suite("The next deadline")
struct DeadlineTests {
    @Test("is the earliest of ends and retries, and none when nothing is to come")
    func earliest() {
        var world = World(.one(.email), retries: .patient)
        #expect(world.dispatcher.nextDeadline == nil)
        var seen: [String?] = []
        let steps: [(String, Step)] = [
            ("20:00", .open("late", program: 1, "21:00-23:00")), ("20:01", .open("early", program: 1, "21:00-22:00")),
            ("20:02", .report("late", 1, .email, .busy)), ("20:02:01", .report("early", 1, .email, .busy)),
            ("20:02:05", .due), ("20:02:06", .due), ("22:00", .due), ("23:00", .due),
            ("23:01", .report("late", 1, .email, .sent, attempt: 2)),
            ("23:02", .report("early", 1, .email, .sent, attempt: 2)),
        ]
        for (time, step) in steps {
            world.at(time, step)
            seen.append(world.dispatcher.nextDeadline?.clock)
        }
        // After the ends the carriers still owe a report of their second attempts.
        #expect(
            seen == [
                "23:00", "22:00", "20:02:05", "20:02:05", "20:02:06", "22:00", "23:00", "+1 20:02:05", "+1 20:02:06",
                nil,
            ]
        )
    }

    @Test("handled too early changes nothing, and too late everything that was due, in order")
    func earlyAndLate() {
        var world = World(.one(.email))
        world.play([
            ("20:00", .open("a", program: 1, "21:00-23:00")), ("20:01", .open("b", program: 1, "21:00-23:00")),
            ("20:02", .report("b", 1, .email, .busy)), ("20:02:01", .report("a", 1, .email, .busy)),
        ])
        #expect(world.at("20:02:04", .due) == [])
        #expect(
            world.at("20:30", .due) == [
                "keep 2/1/email#0 sending (2)", "send email 2/1/email#0 dispatch (2)",
                "keep 1/1/email#0 sending (2)", "send email 1/1/email#0 dispatch (2)",
            ]
        )
    }

    @Test("at one instant runs the end first, then by incident, customer and method")
    func ties() {
        var world = World(.drill, retries: RetryPolicy(firstDelay: .seconds(60), reportWithin: .hours(24)))
        world.play([("20:00", .open("a", program: 2, "20:00-20:30")), ("20:00", .open("b", program: 2, "20:00-21:00"))])
        let failing: [(String, Customer.ID, DispatchMethod)] = [
            ("b", 5, .text), ("b", 5, .email), ("b", 3, .text), ("b", 5, .voice),
        ]
        for (name, customer, method) in failing { world.at("20:29", .report(name, customer, method, .busy)) }
        let sent = world.at("20:30", .due)
        #expect(sent.first == "keep 1/5/websocket#0 withdrawn (0)")
        #expect(
            sent.filter { $0.hasPrefix("send") } == [
                "send text 2/3/text#0 dispatch (2)", "send email 2/5/email#0 dispatch (2)",
                "send text 2/5/text#0 dispatch (2)", "send voice 2/5/voice#0 dispatch (2)",
            ]
        )
    }
}
