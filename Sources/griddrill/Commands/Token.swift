internal import Base
internal import ArgumentParser
internal import DemandResponse
internal import DispatchServer
internal import DispatchStore
internal import Journal
internal import Reports
internal import Scenarios

struct Token: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Make, list and revoke the bearer tokens that a server with --authenticate asks for.",
        subcommands: [Create.self, List.self, Revoke.self]
    )

    struct Create: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make a token and show it, once: the database keeps only its hash."
        )

        @OptionGroup var file: DatabaseOption

        @Option(help: "Whose it is or what for, as it shall stand in the list.")
        var name: String

        @Option(help: "operator (everything), viewer (sees everything) or customer (its own dispatches).")
        var role: String

        @Option(help: "Whose, for the role customer.")
        var customer: Int?

        @Option(help: "How long it is good for, as 90d or 12h; without it: until it is revoked.")
        var expires: String?

        func validate() throws {
            guard AccessRole(name: role, customer: customer) != nil else {
                throw ValidationError(
                    "--role is operator, viewer or customer; --customer goes with the role customer, and only with that"
                )
            }
            if let expires, (Span(notation: expires) ?? .zero) <= .zero {
                throw ValidationError("--expires is a duration above 0 such as 90d, 12h or 30m, not \(expires)")
            }
            if let refusal = TextRule.name.refusal(of: name) { throw ValidationError("--name \(refusal)") }
        }

        func run() throws {
            guard let role = AccessRole(name: role, customer: customer) else { throw ExitCode.validationFailure }
            let now = WallClock().now()
            var entropy = SystemRandomNumberGenerator()
            let token = BearerToken(using: &entropy)
            try file.withDatabase { database in
                if let customer, try database.readCustomer(customer) == nil {
                    throw ValidationError("\(database.path): there is no customer \(customer)")
                }
                try database.add(
                    token.stored(
                        name: name,
                        role: role,
                        createdAt: now,
                        expiresAt: expires.flatMap(Span.init(notation:)).map { now + $0 }
                    ),
                    by: Caller.name
                )
            }
            print(token.text)
        }
    }

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the tokens, without their secrets.")

        @OptionGroup var file: DatabaseOption

        func run() throws {
            let tokens = try file.withDatabase { try $0.readAccessTokens() }
            print(AccessTokenTable(tokens, at: WallClock().now(), style: Terminal.standardOutput).text, terminator: "")
        }
    }

    struct Revoke: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Revoke a token: it is refused from now on, and its sessions are closed."
        )

        @OptionGroup var file: DatabaseOption

        @Argument(help: "The token's id, as griddrill token list shows it.")
        var id: String

        func run() throws {
            try file.withDatabase { database in
                guard try database.revokeAccessToken(id, at: WallClock().now(), by: Caller.name) else {
                    throw ValidationError("\(database.path): there is no token \(id); griddrill token list shows them")
                }
            }
        }
    }
}

struct DatabaseOption: ParsableArguments {
    @Option(help: "The server's database file.")
    var database = "dispatcher.sqlite"

    func withDatabase<Value>(_ body: (ServerDatabase) throws -> Value) throws -> Value {
        do {
            let database = try ServerDatabase.openBesideServer(at: database)
            let value = try body(database)
            try database.close()
            return value
        } catch let error as StoreError {
            throw RunStatus.internalError.exitCode(saying: "\(error)")
        }
    }
}
