public import Base
public import DemandResponse

extension Roster {
    /// Program 1 and its customers, from 1 on, with the methods of each.
    public static func sites(
        _ methods: [[DispatchMethod]],
        acknowledgeWithin: Span? = nil,
        message: String? = nil
    ) -> Roster {
        Roster(
            programs: [
                Program(
                    id: 1,
                    name: "Cool Mornings",
                    acknowledgeWithin: acknowledgeWithin,
                    messageTemplate: message
                )
            ],
            customers: methods.enumerated().map { index, methods in
                let id = index + 1
                return Customer(
                    id: id,
                    name: "Site \(id)",
                    phone: "+16175550101",
                    email: "site\(id)@sites.example",
                    program: 1,
                    methods: methods
                )
            }
        )
    }
}
