import Base
import TestSupport
import Testing

@Suite("UniqueID")
struct UniqueIDTests {
    static let dns = UniqueID(high: 0x6ba7_b810_9dad_11d1, low: 0x80b4_00c0_4fd4_30c8)
    static let url = UniqueID(high: 0x6ba7_b811_9dad_11d1, low: 0x80b4_00c0_4fd4_30c8)

    @Test(
        "a name in a namespace gives the UUID of version 5 that others compute",
        arguments: [
            (dns, "python.org", "886313e1-3b8a-5372-9b90-0c9aee199e5d"),
            (dns, "www.example.com", "2ed6657d-e927-568b-95e1-2665a8aea6a2"),
            (url, "https://grid.example/é", "7d256694-b05d-5670-8cfe-2961271b1d4e"),
            (UniqueID(high: 0, low: 0), "", "e129f27c-5103-5c5c-844b-cdf0a15e160d"),
        ]
    )
    func version5(namespace: UniqueID, name: String, expected: String) {
        #expect(UniqueID(name: name, in: namespace).description == expected)
    }

    @Test("what is printed reads as the same id")
    func roundTrip() {
        var generator = RandomStream(state: 5)
        for _ in 0..<200 {
            let id = UniqueID(high: generator.next(), low: generator.next())
            #expect(UniqueID(id.description) == id)
            #expect(UniqueID(id.description.uppercased()) == id)
        }
    }

    @Test("leading zeros are kept")
    func zeros() {
        #expect(UniqueID(high: 0, low: 1).description == "00000000-0000-0000-0000-000000000001")
    }

    @Test(
        "what is not 36 characters of a UUID is refused",
        arguments: [
            "", "-", "886313e1", "886313e13b8a53729b900c9aee199e5d", "886313e1-3b8a-5372-9b90-0c9aee199e5",
            "886313e1-3b8a-5372-9b90-0c9aee199e5d0", "886313e1-3b8a-5372-9b90-0c9aee199e5g",
            "886313e13-b8a-5372-9b90-0c9aee199e5d", "{886313e1-3b8a-5372-9b90-0c9aee199e5d}",
            "886313e1-3b8a-5372-9b90-0c9aee199e5é", "886313e1-3b8a-5372-9b90--c9aee199e5d",
            " 886313e1-3b8a-5372-9b90-0c9aee199e5d",
        ]
    )
    func refused(text: String) {
        #expect(UniqueID(text) == nil)
    }

    @Test("an id drawn from entropy is of version 4 and the variant of RFC 9562")
    func version4() {
        var generator = RandomStream(state: 1)
        for _ in 0..<100 {
            let text = Array(UniqueID(using: &generator).description)
            #expect(text[14] == "4")
            #expect("89ab".contains(text[19]))
        }
    }
}
