import Base
import DemandResponse

/// What a database would hold: the rows that the rules had recorded, and nothing that they did not.
struct Database {
    struct Row {
        var dispatch: Dispatch
        var delivery: Delivery
        var closing: Delivery?
    }

    struct AcknowledgementKey: Hashable {
        var incident: Incident.Number
        var customer: Customer.ID
        var modification: Int
    }

    var roster: Roster
    /// Ascending by number.
    var incidents: [Incident] = []
    var rows: [DispatchKey: Row] = [:]
    /// The keys of `rows` in the order in which they came.
    var order: [DispatchKey] = []
    var acknowledgements: [AcknowledgementKey: Acknowledgement] = [:]
    var acknowledgementOrder: [AcknowledgementKey] = []
    /// What the journal would tell of incidents that were modified.
    var pasts: [Incident.Number: IncidentPast] = [:]
    var nextNumber = 1
    var archived: Set<Incident.Number> = []
    var leftOut: [LeftOut] = []

    func number(of id: UniqueID) -> Incident.Number? {
        incidents.first { $0.id == id }?.number
    }

    func incident(_ number: Incident.Number) -> Incident? {
        incidents.first { $0.number == number }
    }

    /// A customer's answer to the present modification of an incident.
    func answer(_ number: Incident.Number, _ customer: Customer.ID) -> Acknowledgement? {
        incident(number).flatMap {
            acknowledgements[
                AcknowledgementKey(incident: number, customer: customer, modification: $0.modification)
            ]
        }
    }

    /// Whether something may still be sent to a customer because of an incident.
    func isOpen(_ number: Incident.Number, _ customer: Customer.ID, at now: Timestamp) -> Bool {
        guard let incident = incident(number) else { return false }
        return (incident.isBelated || !incident.isOver(at: now)) && answer(number, customer) == nil
    }

    /// Whether the roster still says how a method reaches a customer.
    func reaches(_ customer: Customer.ID, by method: DispatchMethod) -> Bool {
        roster.customer(customer)?.methods.contains(method) ?? false
    }

    /// Whether the roster has the customer and the method, but nowhere to send to.
    func lacksAddress(_ customer: Customer.ID, for method: DispatchMethod) -> Bool {
        guard let customer = roster.customer(customer), customer.methods.contains(method) else { return false }
        let addresses: [DispatchMethod: String] = [
            .email: customer.email, .text: customer.phone, .voice: customer.phone,
        ]
        return addresses[method].map { $0.filter { $0 != " " }.isEmpty } ?? false
    }

    /// What a dispatcher that starts again is given.
    var snapshot: DispatcherSnapshot {
        DispatcherSnapshot(
            roster: roster,
            incidents: incidents,
            records: order.filter { !archived.contains($0.incident) }.compactMap { rows[$0] }.map {
                DispatcherSnapshot.Record(
                    dispatch: $0.dispatch,
                    delivery: $0.delivery,
                    closing: $0.closing
                )
            },
            acknowledgements: acknowledgementOrder.filter { !archived.contains($0.incident) }
                .compactMap { acknowledgements[$0] },
            pasts: pasts,
            nextNumber: nextNumber,
            archived: archived,
            called: Dictionary(grouping: order.filter { archived.contains($0.incident) }, by: \.incident)
                .mapValues { Set($0.map(\.customer)).sorted() }
        )
    }
}

extension Roster {
    /// Customers with every combination of methods that matters, in three programs; the third has no customers.
    static let drill = Roster(
        programs: [
            Program(id: 1, name: "Evening Peak"),
            Program(id: 2, name: "Emergency", acknowledgeWithin: .minutes(10)),
            Program(id: 3, name: "Empty"),
        ],
        customers: [
            Customer(id: 1, name: "Mill", email: "mill@grid.example", program: 1, methods: [.email, .websocket]),
            Customer(id: 2, name: "Farm", program: 1, methods: [.websocket]),
            Customer(id: 3, name: "Shop", phone: "+16175550103", program: 2, methods: [.text]),
            Customer(id: 4, name: "Cave", program: 2, methods: []),
            Customer(
                id: 5,
                name: "Port",
                phone: "+16175550105",
                email: "port@grid.example",
                program: 2,
                methods: [.voice, .email, .text, .webhook, .websocket]
            ),
        ]
    )

    /// One program with one customer, reached by the methods given.
    static func one(_ methods: DispatchMethod..., within: Span? = nil, template: String? = nil) -> Roster {
        one(methods, within: within, template: template)
    }

    static func one(_ methods: [DispatchMethod], within: Span? = nil, template: String? = nil) -> Roster {
        Roster(
            programs: [Program(id: 1, name: "Evening Peak", acknowledgeWithin: within, messageTemplate: template)],
            customers: [
                Customer(
                    id: 1,
                    name: "Mill",
                    phone: "+16175550101",
                    email: "mill@grid.example",
                    program: 1,
                    methods: methods
                )
            ]
        )
    }
}
