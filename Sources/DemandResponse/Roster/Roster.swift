internal import Base

/// The programs and the customers enrolled in them, each in ascending order of id.
public struct Roster: Equatable, Sendable, Codable {
    public private(set) var programs: [Program]
    public private(set) var customers: [Customer]

    /// Sorts by id; of two with the same id the later one stands. Readers of files refuse duplicates before this.
    public init(programs: [Program] = [], customers: [Customer] = []) {
        self.programs = Self.sorted(programs, by: \.id)
        self.customers = Self.sorted(customers, by: \.id)
    }

    public func program(_ id: Program.ID) -> Program? {
        Self.find(id, in: programs, by: \.id)
    }

    public func customer(_ id: Customer.ID) -> Customer? {
        Self.find(id, in: customers, by: \.id)
    }

    public func customers(of program: Program.ID) -> [Customer] {
        customers.filter { $0.program == program }
    }

    private static func sorted<Element>(_ elements: [Element], by id: (Element) -> Int) -> [Element] {
        var latest: [Int: Element] = [:]
        for element in elements { latest[id(element)] = element }
        return latest.values.sorted { id($0) < id($1) }
    }

    private static func find<Element>(_ wanted: Int, in elements: [Element], by id: (Element) -> Int) -> Element? {
        elements.index(of: wanted, ascendingBy: id).map { elements[$0] }
    }
}
