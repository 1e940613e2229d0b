import Base
import DemandResponse
import Testing

@testable import Scenarios

@Suite("Behaviours of clients")
struct BehaviourTests {
    private static func behaviours(_ clients: String) -> [Int: ClientBehaviour] {
        let old = Sample.text.split(separator: "\ncarriers:")[0].split(separator: "\nclients:")[1]
        let reading = Sample.read(String(old), clients)
        #expect(reading.value != nil, "\(reading.rendered)")
        let all = reading.value?.behaviours() ?? []
        return Dictionary(uniqueKeysWithValues: all.map { ($0.customer.id, $0.behaviour) })
    }

    @Test("without a rule, whoever has websocket connects at the start and never acknowledges")
    func standard() {
        let all = Self.behaviours(" []")
        let start = Sample.read().value?.starts ?? Timestamp(microseconds: 0)
        #expect(all.count == 12)
        #expect(all[1]?.connects == [Connection(at: start)])
        #expect(all[8]?.connects == [])
        #expect(all[1]?.link == Link(delay: .none, jitter: .zero, loss: .none))
        #expect(all[1]?.acknowledges == [])
        #expect(all[1]?.disconnects == [])
    }

    @Test("the later rule wins, key by key")
    func laterWins() {
        let all = Self.behaviours(
            """

              - of: all
                link: {delay: 1s}
                acknowledges: {after: 5s}
              - of: {program: 1}
                acknowledges: {after: 6s, by: "{name}/{id}", repeats: 3, declines: 5%}
              - of: {customers: [1001, 1005..1006]}
                connects: never
                disconnects: [{at: 21:00, for: 1m}, {at: 21:10, spread: 5s, for: 2m, share: 50%}]
              - of: {customer: 1005}
                acknowledges: never
            """
        )
        #expect(all.values.allSatisfy { $0.link.delay == .constant(.seconds(1)) })
        #expect(all[8]?.acknowledges.first?.timing == .after(.constant(.seconds(5))))
        #expect(all[8]?.acknowledges.first?.by == "{name}")
        #expect(all[1]?.acknowledges.first?.repeats == 3)
        #expect(all[1]?.acknowledges.first?.declines == .percent(5))
        #expect(all[1005]?.acknowledges == [])
        #expect(all[1006]?.acknowledges.first?.timing == .after(.constant(.seconds(6))))
        #expect(all.filter { $0.value.connects.isEmpty }.keys.sorted() == [8, 1001, 1005, 1006])
        #expect(all[1001]?.disconnects.map(\.share) == [.all, .percent(50)])
    }

    @Test("an answer carries the customer's name and number")
    func by() {
        let answer = Answer(.after(.none), by: "{name} ({id}) {x}")
        #expect(answer.by(Customer(id: 7, name: "Site 7", program: 1, methods: [])) == "Site 7 (7) {x}")
    }

    @Test("a range of customers is filled in")
    func ranges() {
        let roster = Sample.read().value?.roster
        #expect(roster?.customers.count == 12)
        #expect(roster?.customer(1_009)?.name == "Site 1009")
        #expect(roster?.customer(1)?.methods == [.email, .text, .websocket])
        #expect(roster?.program(1)?.acknowledgeWithin == .minutes(10))
        #expect(roster?.program(5)?.timeZone == "-07:00")
    }

    @Test("a hundred thousand customers, each with a rule of its own, are no matter of squares")
    func many() {
        let count = 100_000
        let customers = (1...count).map { Customer(id: $0, name: "", program: 1, methods: [.websocket]) }
        var scenario = Scenario(
            name: "",
            seed: 1,
            starts: Timestamp(microseconds: 0),
            lasts: .hours(1),
            roster: Roster(programs: [Program(id: 1, name: "")], customers: customers)
        )
        scenario.clients = (1...count).map { ClientRule(of: .customer($0), connects: []) }
        #expect(scenario.behaviours().allSatisfy { $0.behaviour.connects.isEmpty })
    }

    @Test("carriers fail for now unless the file says otherwise")
    func carriers() {
        let carriers = Sample.read().value?.carriers
        #expect(carriers?[.email] == Carrier(delay: .constant(.seconds(3)), fails: .percent(2)))
        #expect(
            carriers?[.text]
                == Carrier(delay: .constant(.seconds(2)), fails: .percent(3), failureKind: .permanent)
        )
        #expect(carriers?[.voice] == nil)
    }
}
