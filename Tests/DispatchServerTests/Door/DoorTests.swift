import NIOHTTP1
import Testing

@testable import DispatchServer

/// Who comes in by what a request's head says.
@Suite struct DoorTests {
    private func head(
        _ headers: [(String, String)],
        _ method: HTTPMethod = .GET,
        _ uri: String = "/customer",
        version: HTTPVersion = .http1_1
    ) -> HTTPRequestHead {
        HTTPRequestHead(version: version, method: method, uri: uri, headers: HTTPHeaders(headers))
    }

    private func code(_ configuration: DispatchServer.Configuration, _ head: HTTPRequestHead) -> String? {
        Door(configuration).judge(head)?.code
    }

    @Test(arguments: [
        ("localhost", true), ("LOCALHOST:3000", true), ("site.localhost", true), ("127.0.0.1:3000", true),
        ("127.8.9.10", true), ("[::1]:3000", true), ("dispatch.example", true), ("Dispatch.Example:8443", true),
        ("evil.example", false), ("127.evil.example", false), ("127.0.0.1.evil.example", false), ("0.0.0.0", false),
        ("localhost.evil.example", false), ("192.168.1.7:3000", false), ("", false),
    ])
    func `without tokens the server goes by the names of loopback and by those that are given`(host: String, isIn: Bool)
    {
        let configuration = DispatchServer.Configuration(allowedHosts: ["Dispatch.example"])
        #expect(code(configuration, head([("Host", host)])) == (isIn ? nil : "host-not-allowed"))
        #expect(code(.init(isInsecure: true), head([("Host", host)])) == nil)
        #expect(code(.init(requiresTokens: true), head([("Host", host)])) == nil)
    }

    @Test(arguments: [
        [], ["localhost", "localhost"], ["localhost, evil.example"], ["a b"], ["localhost:99999"], ["localhost:x"],
        ["[::1"], ["user@localhost"], ["localhost/"],
    ])
    func `a request has one host, which is one`(hosts: [String]) {
        let asked = head(hosts.map { ("Host", $0) })
        for configuration in [DispatchServer.Configuration(), .init(requiresTokens: true), .init(isInsecure: true)] {
            #expect(code(configuration, asked) == "invalid-host")
        }
    }

    @Test func `what is older than HTTP 1-1 needs no host`() {
        #expect(code(.init(), head([], version: .http1_0)) == nil)
    }

    @Test(arguments: [
        ("http://localhost:4200", true), ("https://127.0.0.1", true), ("http://[::1]:8080", true),
        ("http://dispatch.example:3000", true), ("https://console.example", true),
        ("https://console.example:443", false),
        ("http://dispatch.example", false), ("http://dispatch.example:3001", false), ("http://console.example", false),
        ("https://evil.example", false), ("null", false), ("file://", false), ("http://localhost.evil.example", false),
        ("", false),
    ])
    func `pages of its own, of loopback and those that are named use the server`(origin: String, isIn: Bool) {
        let configuration = DispatchServer.Configuration(
            allowedHosts: ["dispatch.example"],
            corsOrigins: ["https://console.example"]
        )
        for (method, uri) in [
            (.GET, "/customer"), (.GET, "/socket.io/?EIO=4&transport=websocket"), (.DELETE, "/purge"),
            (.OPTIONS, "/incident"),
        ] as [(HTTPMethod, String)] {
            let asked = head([("Host", "dispatch.example:3000"), ("Origin", origin)], method, uri)
            #expect(code(configuration, asked) == (isIn ? nil : "origin-not-allowed"), "\(method) \(uri)")
            #expect(Door(configuration).reader(asked) == (isIn ? origin : nil))
            #expect(code(.init(isInsecure: true, corsOrigins: ["*"]), asked) == nil)
            #expect(Door(.init(corsOrigins: ["*"])).reader(asked) == "*")
            // Whoever has a token may come from anywhere; what may be read is another question.
            #expect(code(.init(requiresTokens: true), asked) == nil)
        }
    }

    @Test func `a proxy that speaks TLS in front makes no page foreign`() {
        let asked = head([("Host", "dispatch.example"), ("Origin", "https://dispatch.example")])
        #expect(code(.init(isInsecure: true), asked) == nil)
        let other = head([("Host", "dispatch.example"), ("Origin", "https://dispatch.example:8443")])
        #expect(code(.init(isInsecure: true), other) == "origin-not-allowed")
    }

    @Test(
        arguments: [
            ("application/json", true, true, true), ("application/json; charset=utf-8", true, true, true),
            ("text/csv", false, false, true),
            ("application/x-www-form-urlencoded", true, false, true), (nil, true, false, true),
            ("text/plain", false, false, true), ("multipart/form-data; boundary=x", false, false, true),
        ] as [(String?, Bool, Bool, Bool)]
    )
    func `a change from another page is of a type that no form can send`(
        type: String?,
        fromClient: Bool,
        fromOther: Bool,
        fromOwn: Bool
    ) {
        let origins: [(String?, Bool)] = [
            (nil, fromClient), ("http://localhost:4200", fromOther), ("http://localhost:3000", fromOwn),
        ]
        for (origin, isIn) in origins {
            var headers = [("Host", "localhost:3000"), ("Content-Length", "5")]
            if let type { headers.append(("Content-Type", type)) }
            if let origin { headers.append(("Origin", origin)) }
            #expect(code(.init(), head(headers, .POST, "/incident")) == (isIn ? nil : "content-type"))
            #expect(
                code(.init(), head(headers, .POST, "/socket.io/?EIO=4&sid=x")) == nil,
                "polling has a type of its own"
            )
        }
    }

    @Test func `a body that is announced too long is refused before it comes`() {
        var configuration = DispatchServer.Configuration()
        configuration.limits.bodyBytes = 10
        configuration.limits.importBytes = 20
        for (method, length, isIn) in [
            (.POST, "10", true), (.POST, "11", false), (.PUT, "20", true), (.PUT, "21", false),
            (.POST, "99999999999999999999", false),
        ] as [(HTTPMethod, String, Bool)] {
            let asked = head([("Host", "localhost"), ("Content-Length", length)], method)
            #expect(code(configuration, asked) == (isIn ? nil : "http-413"))
        }
    }

    @Test func `a client that waits for word before it sends its body gets it`() {
        let waits = [("Host", "localhost"), ("Expect", "100-Continue"), ("Content-Length", "5")]
        #expect(Door(.init()).invitesBody(of: head(waits, .POST)))
        #expect(!Door(.init()).invitesBody(of: head(waits, .POST, version: .http1_0)))
        #expect(!Door(.init()).invitesBody(of: head(Array(waits.prefix(2)), .POST)), "there is no body")
        #expect(code(.init(), head([("Host", "localhost"), ("Expect", "a miracle")])) == "http-417")
    }

    @Test func `a refusal says what to start the server with`() {
        let host = Door(.init()).judge(head([("Host", "evil.example:81")]))
        #expect(host?.message.contains("--allowed-host evil.example,") ?? false)
        let origin = Door(.init()).judge(head([("Host", "localhost"), ("Origin", "https://evil.example")]))
        #expect(origin?.message.contains("--cors-origin https://evil.example,") ?? false)
    }
}
