import Base
import DemandResponse
import Journal
import Testing

@Suite("Places of dispatch records") struct DispatchIndexTests {
    private static func keys(_ customers: [Customer.ID], _ methods: [DispatchMethod?]) -> [DispatchKey] {
        [7, 3].flatMap { incident in
            customers.flatMap { customer in
                methods.map { DispatchKey(incident: incident, customer: customer, method: $0) }
            }
        }
    }

    static let arguments: [[DispatchKey]] = [
        keys(Array(1...100), [.websocket]),
        keys(Array(1...50), [.websocket, nil, .email]),
        keys((0..<60).map { $0 * $0 * $0 }, [.voice, .text]),
        keys((0..<60).reversed().map { $0 * 7 - 100 }, [.email]),
        keys([.min, -1, 0, 1, .max - 1, .max], [.text, .email]),
        keys([.max, .max - 1], [nil]),
    ]

    @Test(arguments: arguments) func `every record keeps the place at which it came`(_ keys: [DispatchKey]) {
        var index = DispatchIndex()
        for (place, key) in keys.enumerated() {
            #expect(index.place(of: key) == nil)
            #expect(index.insert(key) == place)
            #expect(index.insert(key) == place)
        }
        #expect(index.count == keys.count)
        for (place, key) in keys.enumerated() {
            #expect(index.place(of: key) == place)
            let first = keys.firstIndex { $0.incident == key.incident && $0.customer == key.customer }
            #expect(index.firstPlace(of: key.customer, in: key.incident) == first)
        }
        var shown: [DispatchKey: Int] = [:]
        index.forEach { shown[$0] = $1 }
        #expect(shown == Dictionary(uniqueKeysWithValues: zip(keys, keys.indices)))
    }

    @Test func `what never came has no place`() {
        var index = DispatchIndex()
        let key = DispatchKey(incident: 1, customer: 5, method: .email)
        #expect(index.firstPlace(of: 5, in: 1) == nil)
        _ = index.insert(key)
        _ = index.insert(DispatchKey(incident: 1, customer: 9, method: .email))
        #expect(index.place(of: DispatchKey(incident: 1, customer: 5, method: .text)) == nil)
        #expect(index.place(of: DispatchKey(incident: 2, customer: 5, method: .email)) == nil)
        for customer in [4, 6, 7, 8, 10] { #expect(index.firstPlace(of: customer, in: 1) == nil) }
    }
}
