import DemandResponse
import Scenarios
import Testing

@Suite("Files that are no scenarios")
struct FileTests {
    private static func messages(_ text: String) -> [String] {
        Sample.read(text).diagnostics.map { "\($0.line):\($0.column): \($0.message)" }
    }

    @Test(
        "are refused with the place and the reason",
        arguments: [
            ("", "1:1: the file is empty"),
            ("# nothing\n\n", "1:1: the file is empty"),
            ("hello", "1:1: expected a mapping (name, description"),
            ("- a\n- b\n", "1:1: expected a mapping"),
            ("name: a\n---\nname: b\n", "2:1: a second document begins here"),
            ("name: *nobody\n", "1:7: the alias names no anchor that is complete by here"),
            ("name: &a [*a]\n", "1:11: the alias names no anchor that is complete by here"),
            (
                "name: [1, 2\nseed: 1\n",
                "1:7: not YAML: the '[' that begins here is never closed"
            ),
            ("name:\tx\n\tseed: 1\n", "2:1: not YAML: found a tab character that violates indentation"),
            ("name: \"x\n", "1:7: not YAML: the quote that begins here is never closed"),
            ("name: x\n? [a, *b]\n: 1\nlink: &b 1\n", "2:1: a key must be plain text"),
            ("name: \u{7}", "1:7: not YAML: control characters are not allowed"),
        ]
    )
    func refused(_ text: String, _ expected: String) {
        let messages = Self.messages(text)
        #expect(messages.count == 1)
        #expect(messages.first?.hasPrefix(expected) == true, "\(messages)")
    }

    @Test("a tab as indentation gets the usual advice")
    func tab() {
        #expect(
            Sample.read("name: x\n\tseed: 1\n").diagnostics.first?.suggestion
                == "YAML is indented with spaces, not tabs"
        )
    }

    @Test("keys that stand twice are reported at the second, among everything else")
    func duplicates() {
        let text = """
            name: One
            name: Two
            sed: 1
            "starts": 2019-08-27T20:30:00-07:00
            lasts: 1h
            starts: 2019-08-27T20:30:00-07:00
            programs: [{id: 1, name: a, id: 2}]
            customers: []
            clients: []
            timeline: []
            expect: []
            """
        #expect(
            Self.messages(text) == [
                "2:1: the key 'name' stands twice in one mapping", "3:1: scenario: unknown key 'sed'",
                "6:1: the key 'starts' stands twice in one mapping", "7:29: the key 'id' stands twice in one mapping",
            ]
        )
    }

    @Test("a few lines of aliases that stand for billions of nodes are refused at once")
    func anchorBomb() {
        var text = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n"
        for level in 1...12 {
            let aliases = (0..<9).map { _ in "*a\(level - 1)" }.joined(separator: ", ")
            text += "a\(level): &a\(level) [\(aliases)]\n"
        }
        let messages = Self.messages(text)
        #expect(messages.count == 1)
        #expect(messages.first?.contains("more than 5000000 nodes") == true)
    }

    @Test("aliases that name each other in turn, and lists in lists, are refused before they exhaust the stack")
    func depth() {
        let chain = "a0: &a0 x\n" + (1...9_000).map { "a\($0): &a\($0) [*a\($0 - 1)]\n" }.joined()
        #expect(Self.messages(chain).first?.contains("nested more than 500 deep") == true)
        let many = "a0: &a0 x\nb:\n" + String(repeating: "- *a0\n", count: 10_001)
        #expect(Self.messages(many).first?.contains("more than 10000 aliases") == true)
        let nested = "a: " + String(repeating: "[", count: 900) + String(repeating: "]", count: 900)
        #expect(Self.messages(nested).first?.contains("nested more than 500 deep") == true)
        #expect(Self.messages("a: " + String(repeating: "[", count: 100_000)).count == 1)
    }

    @Test("an alias stands for its anchor's value")
    func aliases() {
        let text = Sample.text("channels: [email, text, websocket]", "channels: &all [email, text, websocket]")
            .split(separator: "channels: []").joined(separator: "channels: *all")
        #expect(Sample.read(text).value?.roster.customer(8)?.methods.count == 3)
    }

    @Test("of thousands of mistakes the first thousand are shown, and the rest counted")
    func thousands() {
        let entry = "  - {id: x, name: a, program: 1, channels: []}\n"
        let text = Sample.text("customers:\n", "customers:\n" + String(repeating: entry, count: 3_000))
        let reading = Sample.read(text)
        #expect(reading.diagnostics.count == 1_000)
        #expect(reading.omitted == 2_000)
        #expect(reading.rendered.hasSuffix("\n\nand 2000 more"))
    }

    @Test("ten thousand customers one by one are read")
    func tenThousand() {
        let lines = (2_001...12_000).map {
            "  - {id: \($0), name: Site \($0), program: 1, email: s\($0)@x.example, phone: \"+1\", channels: [email, websocket]}\n"
        }
        let reading = Sample.read("customers:\n", "customers:\n" + lines.joined())
        #expect(reading.value?.roster.customers.count == 10_012)
    }
}
