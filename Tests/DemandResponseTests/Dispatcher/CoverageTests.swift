import Base
import DemandResponse
import Testing

@Suite("A new incident")
struct CoverageTests {
    @Test("is kept, then each customer's records by method, each before it is sent, then answered")
    func table() {
        var world = World()
        #expect(
            world.at("20:45", .open("peak", program: 2, "21:00-22:00")) == [
                "keep incident 1#0",
                "keep 1/3/text#0 sending", "send text 1/3/text#0 dispatch (1)",
                "keep 1/4/none#0 unreachable",
                "keep 1/5/voice#0 sending", "send voice 1/5/voice#0 dispatch (1)",
                "keep 1/5/email#0 sending", "send email 1/5/email#0 dispatch (1)",
                "keep 1/5/text#0 sending", "send text 1/5/text#0 dispatch (1)",
                "keep 1/5/webhook#0 sending", "send webhook 1/5/webhook#0 dispatch (1)",
                "keep 1/5/websocket#0 pending",
                "answer incident 1#0",
            ]
        )
    }

    @Test("covers the whole seed roster once for each customer and method")
    func seed() {
        var world = World(.seed)
        for program in 1...5 { world.at("20:45", .open("incident \(program)", program: program, "21:00-22:00")) }
        #expect(world.base.order.count == 7 * 3 + 1 + 1)
        #expect(Set(world.base.rows.values.map(\.dispatch.id)).count == 23)
    }

    @Test("says of a customer whom nothing reaches that there is no way")
    func noWay() throws {
        var world = World(.seed)
        world.at("20:45", .open("games", program: 5, "21:00-22:00"))
        let dispatch = try #require(world.dispatch("games", 8, nil))
        #expect(dispatch.moreInfo == "NO WAY TO SEND DISPATCH TO CUSTOMER Customer - no dipatch")
        #expect(dispatch.key.method == nil)
        #expect(world.delivery("games", 8, nil)?.state.hasBeenSent == false)
        #expect(world.posted.isEmpty)
    }

    @Test(
        "says of a method without the customer's address or number that it cannot reach, and sends nothing by it",
        arguments: [
            (DispatchMethod.email, "", "NO EMAIL ADDRESS OF CUSTOMER Mill"),
            (.text, " ", "NO PHONE NUMBER OF CUSTOMER Mill"),
            (.voice, "", "NO PHONE NUMBER OF CUSTOMER Mill"),
        ]
    )
    func noAddress(method: DispatchMethod, blank: String, words: String) {
        let roster = Roster(
            programs: [Program(id: 1, name: "Evening Peak")],
            customers: [
                Customer(
                    id: 1,
                    name: "Mill",
                    phone: method == .email ? "+16175550101" : blank,
                    email: method == .email ? blank : "mill@grid.example",
                    program: 1,
                    methods: [method, .websocket]
                )
            ]
        )
        var world = World(roster)
        #expect(
            world.at("20:45", .open("peak", program: 1, "21:00-22:00")).dropFirst() == [
                "keep 1/1/\(method.name)#0 unreachable", "keep 1/1/websocket#0 pending", "answer incident 1#0",
            ]
        )
        #expect(world.dispatch("peak", 1, method)?.moreInfo == words)
        // A modification goes by what the roster says by then, and so does a cancellation.
        world.at("20:46", .roster(.one(method, .websocket)))
        world.at("20:47", .modify("peak", end: "23:00"))
        #expect(world.dispatch("peak", 1, method)?.moreInfo == "")
        #expect(world.delivery("peak", 1, method)?.state == .sending)
        world.at("20:48", .roster(roster))
        world.at("20:49", .cancel("peak"))
        #expect(world.closing("peak", 1, method) == nil)
        #expect(world.posted.count == 1)
    }

    @Test("of a program that does not exist is refused and leaves nothing")
    func unknownProgram() {
        var world = World()
        #expect(world.at("20:45", .open("peak", program: 9, "21:00-22:00")) == ["answer refused unknown-program"])
        #expect(world.base.order.isEmpty)
        #expect(world.dispatcher.nextDeadline == nil)
    }

    @Test(
        "with a period that cannot be is refused",
        arguments: [
            ("21:00-21:00", "invalid-period"), ("21:00-20:50", "invalid-period"), ("20:00-19:45", "invalid-period"),
        ]
    )
    func period(period: String, code: String) {
        var world = World()
        #expect(world.at("20:45", .open("peak", program: 1, period)) == ["answer refused \(code)"])
    }

    @Test("may come after its start, as CAISO's notice of 10 July 2002 did")
    func afterStart() {
        var world = World()
        #expect(world.at("15:02", .open("stage 2", program: 1, "15:00-17:59")).last == "answer incident 1#0")
    }

    /// Two zones of one program, and a customer of none.
    private static let zones = Roster(
        programs: [Program(id: 1, name: "Zones"), Program(id: 2, name: "Elsewhere")],
        customers: [
            Customer(id: 1, name: "Mill", program: 1, group: "north", methods: [.websocket]),
            Customer(id: 2, name: "Farm", program: 1, group: "south", methods: [.websocket]),
            Customer(id: 3, name: "Shop", program: 1, methods: [.websocket]),
            Customer(id: 4, name: "Port", program: 2, group: "north", methods: [.websocket]),
        ]
    )

    @Test(
        "of some groups dispatches their customers and nobody else",
        arguments: [([], [1, 2, 3]), (["north"], [1]), (["south", "north"], [1, 2])] as [([String], [Int])]
    )
    func groups(groups: [String], customers: [Customer.ID]) {
        var world = World(Self.zones)
        world.at("20:45", .open("peak", program: 1, groups: groups, "21:00-22:00"))
        #expect(world.base.order.map(\.customer) == customers)
        world.play([("20:46", .connect(1)), ("20:46", .join(1, customer: 2))])
        #expect(world.heard(by: 1).isEmpty == !customers.contains(2))
        // Nobody else is dispatched by a modification, whatever the roster says by then.
        let changed = Self.zones.customers.map { customer in
            var customer = customer
            customer.group = "north"
            return customer
        }
        world.at("20:47", .roster(Roster(programs: Self.zones.programs, customers: changed)))
        world.at("20:48", .modify("peak", end: "23:00"))
        #expect(world.base.order.map(\.customer) == customers)
    }

    @Test(
        "of a group that no customer of the program belongs to is refused",
        arguments: [["west"], ["north", "west"]]
    )
    func unknownGroup(groups: [String]) {
        var world = World(Self.zones)
        #expect(
            world.at("20:45", .open("peak", program: 1, groups: groups, "21:00-22:00"))
                == ["answer refused unknown-group"]
        )
        #expect(world.base.order.isEmpty)
        let elsewhere = Step.open("peak", program: 2, groups: ["south"], "21:00-22:00")
        #expect(world.at("20:45", elsewhere) == ["answer refused unknown-group"])
    }

    @Test("of other groups under the same id is another request")
    func otherGroups() {
        var world = World(Self.zones)
        world.at("20:45", .open("peak", program: 1, groups: ["north"], "21:00-22:00"))
        let again = Step.open("peak", program: 1, groups: ["north"], "21:00-22:00")
        #expect(world.at("20:46", again) == ["answer refused duplicate-incident"])
        let other = Step.open("peak", program: 1, groups: ["south"], "21:00-22:00")
        #expect(world.at("20:46", other) == ["answer refused different-incident"])
    }

    @Test("with another's id is refused")
    func duplicate() {
        var world = World()
        world.at("20:45", .open("peak", program: 1, "21:00-22:00"))
        #expect(
            world.at("20:46", .open("peak", program: 2, "21:00-22:00")) == ["answer refused different-incident"]
        )
    }

    @Test("of a program without customers is kept alone")
    func empty() {
        var world = World()
        #expect(
            world.at("20:45", .open("peak", program: 3, "21:00-22:00")) == ["keep incident 1#0", "answer incident 1#0"]
        )
    }

    @Test("has one record by a method, even if the roster names the method twice")
    func methodTwice() {
        var world = World(.one(.email, .text, .email))
        world.at("20:45", .open("peak", program: 1, "21:00-22:00"))
        #expect(world.base.order.map(\.label) == ["1/1/email", "1/1/text"])
        #expect(world.posted.count == 2)
    }

    @Test("goes to the address or number of its method")
    func destinations() {
        var world = World()
        world.at("20:45", .open("peak", program: 2, "21:00-22:00"))
        #expect(
            world.posted.map { "\($0.method.name) \($0.destination)" } == [
                "text +16175550103", "voice +16175550105", "email port@grid.example", "text +16175550105", "webhook ",
            ]
        )
        #expect(world.posted.allSatisfy { $0.text == $0.dispatch.message })
    }

    @Test("is numbered in the order of arrival and marked as a drill if it is one")
    func numbers() {
        var world = World()
        world.at("20:45", .open("drill", program: 3, "21:00-22:00", test: true))
        world.at("20:45", .open("refused", program: 9, "21:00-22:00"))
        world.at("20:45", .open("peak", program: 3, "21:00-22:00"))
        #expect(world.base.incidents.map(\.number) == [1, 2])
        #expect(world.base.incidents.map(\.isTest) == [true, false])
    }

    @Test("asked for by nobody who waits is refused in the record alone")
    func nobodyWaits() {
        var world = World()
        let input = world.input(.open("peak", program: 9, "21:00-22:00"), nil)
        #expect(world.handle(input, at: Timestamp(clock: "20:45")) == ["refused unknown-program"])
    }
}
