internal import Base
import DemandResponse

/// A customer, or many alike, as its mapping says it; what could not be read is `nil`.
struct CustomerDraft: Sendable {
    var ids: Located<ClosedRange<Customer.ID>>?
    var name: String?
    var program: Located<Program.ID>?
    var group: String?
    var channels: [DispatchMethod]?
    var email: String?
    var phone: String?
    var address: String?
}

private enum Keys {
    static let id = Key<Located<Int>>.alternative("id", .located(.id), "The customer's number.")
    static let ids = Key<Located<ClosedRange<Int>>>.alternative(
        "ids",
        .located(.notation(.idRange)),
        "A customer for each number of the range."
    )
    static let name = Key<String>.required(
        "name",
        .template(["id"], .name),
        "What the customer is called; {id} stands for the number."
    )
    static let program = Key<Located<Int>>.required(
        "program",
        .located(.id),
        "The program in which the customer is enrolled."
    )
    static let group = Key<String>.optional(
        "group",
        .group,
        "Which part of the program's customers it belongs to, as a zone; without it, to none."
    )
    static let channels = Key<[DispatchMethod]>.required(
        "channels",
        .channels,
        "The ways to reach the customer, in order of preference; [] for none."
    )
    static let email = Key<String>.optional(
        "email",
        .template(["id"], .name),
        "Where email goes; {id} stands for the number."
    )
    static let phone = Key<String>.optional(
        "phone",
        .template(["id", "nn"], .name),
        "Where texts and calls go; {id} stands for the number, {nn} for its last two digits."
    )
    static let address = Key<String>.optional(
        "address",
        .template(["id"], .message),
        "Where the site is; {id} stands for the number."
    )
}

extension Format where Value == CustomerDraft {
    static let customer = Format.object(
        "customer",
        "Somebody enrolled in a program, or a range of them at once.",
        Keys.id,
        Keys.ids,
        Keys.name,
        Keys.program,
        Keys.group,
        Keys.channels,
        Keys.email,
        Keys.phone,
        Keys.address
    ) { _, id, ids, name, program, group, channels, email, phone, address in
        CustomerDraft(
            ids: ids ?? id.map { Located(value: $0.value...$0.value, location: $0.location) },
            name: name,
            program: program,
            group: group,
            channels: channels,
            email: email,
            phone: phone,
            address: address
        )
    }.snippets(snippets).named("customer")

    private static let snippets = [
        Snippet(
            "a customer",
            [
                "id": "^${1:100}", "name": "${2:Keroche Wine}", "program": "^${3:1}",
                "email": "${4:ops@keroche.example}",
                "channels": ["email", "websocket"],
            ]
        ),
        Snippet(
            "many customers at once",
            ["ids": "${1:2000..2999}", "name": "Site {id}", "program": "^${2:1}", "channels": ["websocket"]]
        ),
    ]
}
