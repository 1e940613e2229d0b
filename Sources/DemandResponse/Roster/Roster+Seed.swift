extension Roster {
    /// The roster of a new server: five programs and eight customers, the last of whom cannot be reached.
    public static let seed: Roster = {
        let programs = [
            "Green Mountain Energy Cool Mornings", "PG&E Easy Nights", "Festus Kilowatts Saver", "New Power New Grid",
            "Funny Games Power Saver",
        ]
        let customers: [(name: String, program: Program.ID)] = [
            ("Keroche Wine", 1), ("Tyson Food", 1), ("Wallmart SF HQ", 2), ("Amazon Wareshouse", 2),
            ("Bacon Steal Meals", 3), ("Simba Jungle Food Produceee", 3), ("Walmart4", 4), ("Customer - no dipatch", 5),
        ]
        return Roster(
            programs: programs.enumerated().map { Program(id: $0 + 1, name: $1) },
            customers: customers.enumerated().map { index, customer in
                let id = index + 1
                return Customer(
                    id: id,
                    name: customer.name,
                    address: "Highway 71",
                    phone: "+1617555010\(id)",
                    email: "customer\(id)@grid.example",
                    program: customer.program,
                    methods: methods(ofSeedCustomer: id)
                )
            }
        )
    }()

    private static func methods(ofSeedCustomer id: Customer.ID) -> [DispatchMethod] {
        switch id {
        case 3: [.email, .text, .websocket, .voice]
        case 8: []
        default: [.email, .text, .websocket]
        }
    }
}
