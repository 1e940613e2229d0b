internal import Base
internal import AsyncHTTPClient
internal import DemandResponse
internal import NIOCore
internal import NIOHTTP1
internal import Scenarios
internal import SocketIO

/// A dispatcher that runs elsewhere, as its REST interface shows it.
public struct TargetServer: Sendable {
    /// `http://HOST:PORT`, and nothing behind it.
    public struct Address: Sendable {
        let host: String
        let port: Int
        /// The bearer token of one who may see everything and change incidents; `nil`: the server asks for none.
        public var token: String?

        public init?(_ text: String) {
            guard let match = text.wholeMatch(of: /http:\/\/([A-Za-z0-9.-]+|\[[0-9A-Fa-f:]+\])(?::(\d{1,5}))?\/?/),
                let port = Int(match.2 ?? "80"), (1...65_535).contains(port)
            else { return nil }
            host = String(match.1)
            self.port = port
        }

        var base: String { "http://\(host):\(port)" }
    }

    private static let patience = TimeAmount.seconds(30)
    private static let mostBodyBytes = 256 << 20
    private static let pageSize = 10_000
    /// More than any incident of ours has; a server that never ends its pages is not asked for ever.
    private static let mostPages = 1_000

    let address: Address
    let client: HTTPClient
    /// What the grid's clock says when the server's says an instant.
    let gridTime: @Sendable (Timestamp) -> Timestamp

    /// The programs of a roster with all customers that are enrolled in them there.
    ///
    /// Throws when one of the roster's own customers is not enrolled there with the same methods: the run would test another
    /// roster than the scenario's.
    func roster(of wanted: Roster) async throws -> Roster {
        var customers: [Customer] = []
        for program in wanted.programs {
            let answer = try await get("/program/\(program.id)/customers")
            guard let listed = answer["programCustomers"]?.arrayValue else {
                throw unexpected("/program/\(program.id)")
            }
            customers += listed.compactMap(Customer.init)
        }
        let found = Roster(programs: wanted.programs, customers: customers)
        let strangers = wanted.customers.filter { customer in
            guard let there = found.customer(customer.id) else { return true }
            return there.program != customer.program || there.group != customer.group
                || Set(there.methods) != Set(customer.methods)
        }
        guard let first = strangers.first else { return found }
        throw RunError(
            """
            \(address.base): customer \(first.id) is not enrolled there as the scenario says, nor are \
            \(strangers.count - 1) more; start that server with --roster, or import the customers with PUT /customer
            """
        )
    }

    /// What has become of an incident there; `nil`: there is none.
    func snapshot(of incident: UniqueID) async throws -> TargetSnapshot? {
        guard let body = try await find("/incident/\(incident)") else { return nil }
        let participations = try await list("/incident/\(incident)/customer?limit=\(Self.pageSize)")
        let dispatches = try await list("/dispatch?incident=\(incident)&limit=\(Self.pageSize)")
        guard let snapshot = TargetSnapshot(body, participations, dispatches, time: gridTime) else {
            throw unexpected("/incident/\(incident)")
        }
        return snapshot
    }

    private func list(_ path: String) async throws -> [JSON] {
        var rows: [JSON] = []
        var next: String? = path
        var pages = 0
        while let path = next, pages < Self.mostPages {
            let response = try await send(path)
            guard response.status == .ok, let page = response.body.arrayValue else { throw unexpected(path) }
            rows += page
            next = response.next
            pages += 1
        }
        return rows
    }

    private func get(_ path: String) async throws -> JSON {
        guard let body = try await find(path) else { throw RunError("\(address.base)\(path): there is no such thing") }
        return body
    }

    private func find(_ path: String) async throws -> JSON? {
        let response = try await send(path)
        if response.status == .notFound { return nil }
        guard response.status == .ok else { throw unexpected(path) }
        return response.body
    }

    private func send(_ path: String) async throws -> (status: HTTPResponseStatus, body: JSON, next: String?) {
        do {
            var request = HTTPClientRequest(url: address.base + path)
            if let token = address.token { request.headers.add(name: "Authorization", value: "Bearer \(token)") }
            let response = try await client.execute(request, timeout: Self.patience)
            if let problem = problem(with: response, at: path) { throw problem }
            let body = try await response.body.collect(upTo: Self.mostBodyBytes)
            let next = response.headers.first(name: "Link")
                .flatMap { $0.firstMatch(of: /<([^>]*)>; rel="next"/) }.map { String($0.1) }
            // A page is of the same server: what follows the address begins with a slash, or it would name another.
            guard next?.hasPrefix("/") ?? true else { throw unexpected(path) }
            return (response.status, try JSON(parsing: body), next)
        } catch let error as RunError {
            throw error
        } catch {
            throw RunError("\(address.base)\(path): the server does not answer as a dispatcher does: \(error)")
        }
    }

    /// What is wrong with an answer, and what helps, where its status says it.
    private func problem(with response: HTTPClientResponse, at path: String) -> RunError? {
        switch response.status.code {
        case 300...399:
            let place = response.headers.first(name: "Location").map { "to \($0)" } ?? "elsewhere"
            return RunError(
                "\(address.base)\(path): it redirects \(place), which is not followed; name that server with --target"
            )
        case 401, 403:
            return RunError(
                "\(address.base)\(path): the server asks for a token that may see everything: put one into "
                    + "GRIDDRILL_TARGET_TOKEN, or into a file that --target-token-file names"
            )
        default: return nil
        }
    }

    private func unexpected(_ path: String) -> RunError {
        RunError("\(address.base)\(path): the server does not answer as a dispatcher does")
    }
}

extension Customer {
    /// As the REST interface writes one.
    fileprivate init?(_ json: JSON) {
        guard let id = json["_id"]?.integerValue, let program = json["programId"]?.integerValue,
            let name = json["name"]?.stringValue, let types = json["dispatchTypes"]?.arrayValue
        else { return nil }
        self.init(
            id: Int(id),
            name: name,
            program: Int(program),
            group: json["group"]?.stringValue,
            methods: types.compactMap { $0.integerValue.flatMap { DispatchMethod(rawValue: Int($0)) } }
        )
    }
}
