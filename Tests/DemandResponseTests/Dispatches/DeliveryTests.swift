import Base
import DemandResponse
import Testing

@Suite("The states of a delivery")
struct DeliveryTests {
    @Test("nothing leads out of a terminal state, and something out of every other")
    func terminal() {
        for state in DeliveryState.allCases {
            let next = DeliveryState.allCases.filter(state.mayBecome)
            #expect(next.isEmpty == state.isTerminal, "\(state) may become \(next)")
        }
    }

    @Test("no state becomes itself")
    func itself() {
        for state in DeliveryState.allCases { #expect(!state.mayBecome(state)) }
    }

    @Test("nothing becomes unreachable, and what was sent never waits for its first sending again")
    func forward() {
        for state in DeliveryState.allCases {
            #expect(!state.mayBecome(.unreachable))
        }
        for state in DeliveryState.allCases where state.hasBeenSent { #expect(!state.mayBecome(.pending)) }
    }

    @Test("only what a method really took has been sent")
    func sent() {
        #expect(DeliveryState.allCases.filter(\.hasBeenSent) == [.sent, .delivered])
    }

    @Test("a record's id is of version 5, in the incident's namespace, of customer and method")
    func ids() throws {
        let incident = try #require(UniqueID("2f1acc6c-3fb5-4b5b-9a0c-1f0f2d6f7a11"))
        let email = DispatchKey(incident: 4, customer: 17, method: .email)
        let none = DispatchKey(incident: 9, customer: 8, method: nil)
        #expect(email.id(incident: incident).description == "867f50b0-674c-5fa6-87f5-54ca97e897a5")
        #expect(none.id(incident: incident).description == "2d6ac175-bbd7-541d-9c60-480b2ccb9481")
    }
}
