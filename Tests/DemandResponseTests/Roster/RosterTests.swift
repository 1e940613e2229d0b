import DemandResponse
import Foundation
import Synchronization
import Testing

@Suite("Roster")
struct RosterTests {
    private static func customer(_ id: Customer.ID, _ name: String, program: Program.ID = 1) -> Customer {
        Customer(id: id, name: name, program: program, methods: [.websocket])
    }

    @Test("sorts by id, and of two with the same id the later one stands")
    func sorted() {
        let roster = Roster(
            programs: [Program(id: 9, name: "nine"), Program(id: 2, name: "two")],
            customers: [Self.customer(7, "first"), Self.customer(-1, "minus"), Self.customer(7, "second")]
        )
        #expect(roster.programs.map(\.id) == [2, 9])
        #expect(roster.customers.map(\.name) == ["minus", "second"])
    }

    @Test("finds what is there by its id and nothing else")
    func find() {
        let roster = Roster(customers: stride(from: 1, through: 99, by: 2).map { Self.customer($0, "\($0)") })
        for id in 0...100 {
            #expect(roster.customer(id)?.name == (id % 2 == 1 ? "\(id)" : nil))
        }
        #expect(roster.program(1) == nil)
    }

    @Test("lists the customers of a program in ascending order")
    func enrolment() {
        let roster = Roster(customers: [
            Self.customer(3, "c"), Self.customer(2, "b", program: 2), Self.customer(1, "a"),
        ])
        #expect(roster.customers(of: 1).map(\.id) == [1, 3])
        #expect(roster.customers(of: 4).isEmpty)
    }

    @Test("reads what it wrote")
    func codable() throws {
        let data = try JSONEncoder().encode(Roster.drill)
        #expect(try JSONDecoder().decode(Roster.self, from: data) == Roster.drill)
    }

    @Test("leaves out dispatch types that it does not know, and says so")
    func unknownTypes() throws {
        let data = try JSONEncoder().encode(Roster.one(.text, .websocket))
        let text = try #require(String(bytes: data, encoding: .utf8)).replacing("[2,3]", with: "[9,2,0,3,6]")
        let warnings = Warnings()
        let decoder = JSONDecoder()
        let warn: Customer.UnknownTypeWarning = { customer, type in warnings.add("\(customer): \(type)") }
        decoder.userInfo[try #require(CodingUserInfoKey.unknownTypeWarning)] = warn
        #expect(try decoder.decode(Roster.self, from: Data(text.utf8)) == .one(.text, .websocket))
        #expect(warnings.all == ["1: 9", "1: 0", "1: 6"])
        #expect(try JSONDecoder().decode(Roster.self, from: Data(text.utf8)) == .one(.text, .websocket))
    }

    @Test("methods have the numbers and names of the first version's dispatch types")
    func methods() {
        #expect(DispatchMethod.allCases.map(\.rawValue) == [1, 2, 3, 4, 5])
        #expect(DispatchMethod.allCases.map(\.name) == ["email", "text", "websocket", "voice", "webhook"])
        for method in DispatchMethod.allCases { #expect(DispatchMethod(name: method.name) == method) }
        #expect(DispatchMethod(name: "Email") == nil)
        #expect(DispatchMethod(rawValue: 6) == nil)
    }
}

/// Keeps what a `@Sendable` closure is told.
private final class Warnings: Sendable {
    private let kept = Mutex<[String]>([])

    func add(_ warning: String) { kept.withLock { $0.append(warning) } }

    var all: [String] { kept.withLock { $0 } }
}
