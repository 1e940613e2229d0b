import Testing

@testable import SocketIO

@Suite("Trusted proxies") struct TrustedProxiesTests {
    private let proxies = TrustedProxies(
        ["10.0.0.0/8", "2001:db8::/32", "192.0.2.7"].compactMap(TrustedProxies.Network.init)
    )

    @Test(arguments: [
        // What the peer says, and who it is that asks.
        ("203.0.113.1", "198.51.100.1", "203.0.113.1"),
        ("10.0.0.1", "", "10.0.0.1"),
        ("10.0.0.1", "198.51.100.1", "198.51.100.1"),
        ("10.0.0.1", "198.51.100.1:4711", "198.51.100.1"),
        ("192.0.2.7", "198.51.100.1", "198.51.100.1"),
        // What stands to the left of somebody untrusted, anybody can have written.
        ("10.0.0.1", "1.1.1.1, 198.51.100.1", "198.51.100.1"),
        ("10.0.0.1", "1.1.1.1, 198.51.100.1, 10.9.9.9", "198.51.100.1"),
        ("10.0.0.1", "10.1.1.1, 10.2.2.2", "10.1.1.1"),
        ("10.0.0.1", "198.51.100.1, nonsense", "10.0.0.1"),
        ("10.0.0.1", "198.51.100.1, nonsense, 10.3.3.3", "10.3.3.3"),
        ("2001:db8::1", "2001:DB9:0::1", "2001:db9::1"),
        ("2001:db8::1", "[2001:db9::1]:443", "2001:db9::1"),
        ("10.0.0.1", "::ffff:198.51.100.1", "198.51.100.1"),
        ("::ffff:10.0.0.1", "198.51.100.1", "198.51.100.1"),
    ])
    func `X-Forwarded-For is read from the right, past hops that are trusted`(
        peer: String,
        header: String,
        client: String
    ) {
        let values = header.isEmpty ? [] : [header]
        #expect(proxies.client(of: peer, forwarded: [], xForwardedFor: values) == client)
    }

    @Test(arguments: [
        (["for=198.51.100.1"], "198.51.100.1"),
        (["For=\"[2001:db9:cafe::17]:4711\""], "2001:db9:cafe::17"),
        (["for=192.0.2.60;proto=http;by=203.0.113.43"], "192.0.2.60"),
        (["proto=https; for=\"198.51.100.1:80\" ;by=_x"], "198.51.100.1"),
        (["for=1.1.1.1, for=198.51.100.1, for=10.7.7.7"], "198.51.100.1"),
        (["for=1.1.1.1", "for=198.51.100.1"], "198.51.100.1"),
        (["for=1.1.1.1;by=\"a,for=10.8.8.8\""], "1.1.1.1"),
        (["for=unknown"], "10.0.0.1"),
        (["for=_hidden, for=10.7.7.7"], "10.7.7.7"),
        (["proto=http"], "10.0.0.1"),
    ])
    func `so is Forwarded, in all its notations`(values: [String], client: String) {
        #expect(proxies.client(of: "10.0.0.1", forwarded: values, xForwardedFor: []) == client)
    }

    @Test func `two headers that do not agree name nobody`() {
        let same = proxies.client(of: "10.0.0.1", forwarded: ["for=1.1.1.1"], xForwardedFor: ["1.1.1.1"])
        #expect(same == "1.1.1.1")
        let other = proxies.client(of: "10.0.0.1", forwarded: ["for=1.1.1.1"], xForwardedFor: ["1.1.1.2"])
        #expect(other == "10.0.0.1")
    }

    @Test func `nobody is trusted unless networks are given`() {
        let client = TrustedProxies().client(of: "127.0.0.1", forwarded: ["for=1.1.1.1"], xForwardedFor: [])
        #expect(client == "127.0.0.1")
    }

    @Test(arguments: [
        "", "10.0.0.0/33", "10.0.0/8", "10.0.0.0/", "10.0.0.0/-1", "2001:db8::/129", "proxy.example", "10.0.0.0/8/8",
    ])
    func `what is no network is none`(text: String) {
        #expect(TrustedProxies.Network(text) == nil)
    }

    @Test func `a network has all addresses with its prefix`() {
        let proxies = TrustedProxies(["172.16.0.0/12", "0.0.0.0/32"].compactMap(TrustedProxies.Network.init))
        for (address, isIn) in [
            ("172.16.0.0", true), ("172.31.255.255", true), ("172.32.0.0", false), ("8.8.8.8", false),
        ] {
            #expect(proxies.contains(address) == isIn)
        }
    }
}
