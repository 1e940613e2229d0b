import Scenarios
import Testing

@Suite("What a file may become") struct BoundTests {
    private func problems(_ customers: String) -> [String] {
        let text = """
            programs: [{id: 1, name: P}]
            customers:
              - \(customers)
            """
        return RosterFile.read(text: text, path: "roster.yaml").diagnostics.map { "\($0.line): \($0.message)" }
    }

    private func gaps(_ count: Int) -> String { String(repeating: "{id}", count: count) }

    @Test func `many customers have short texts`() {
        let found = problems("{ids: 1..1000000, name: \"\(gaps(100))\", program: 1, channels: []}")
        #expect(found == ["3: the customers' texts are more than 256 MiB together, with their gaps filled"])
    }

    @Test func `a text is no longer than one without gaps may be`() {
        let template = problems("{id: 1, name: \"\(gaps(2_000))\", program: 1, channels: []}")
        #expect(template == ["3: the text must be at most 2000 bytes, not 8000"])
        let filled = problems("{ids: 99990..99999, name: \"\(gaps(450))\", program: 1, channels: []}")
        #expect(
            filled == ["3: with its gaps filled the name of customer 99999 must be at most 2000 bytes, not 2250"]
        )
    }

    @Test(arguments: ["a\0b", "a\u{1B}[31mb", "a\u{202E}b", "a\u{85}b"])
    func `a name has no control characters`(name: String) {
        let escaped = name.unicodeScalars.map { $0.isASCII && $0.value >= 0x20 ? String($0) : "\\u" + hexadecimal($0) }
        let found = problems("{id: 1, name: \"\(escaped.joined())\", program: 1, channels: []}")
        #expect(found.count == 1)
        #expect(found.first?.hasPrefix("3: the text must not have the control character U+") ?? false)
    }

    private func hexadecimal(_ scalar: Unicode.Scalar) -> String {
        let digits = String(scalar.value, radix: 16)
        return String(repeating: "0", count: 4 - digits.count) + digits
    }

    @Test(arguments: [("\n", ""), ("\n", "  "), ("\r\n", ""), ("\r", "")])
    func `a mapping has no more keys than anybody writes`(end: String, indent: String) {
        let keys = (1...10_002).map { "\(indent)k\($0): 1" }.joined(separator: end)
        let head = indent.isEmpty ? "" : "programs:\(end)"
        let found = RosterFile.read(text: head + keys, path: "roster.yaml").diagnostics
        #expect(found.map(\.message) == ["more than 10000 keys in one mapping"])
        #expect(found.first?.line == 10_001 + (indent.isEmpty ? 0 : 1))
    }

    @Test func `a mapping in braces has no more either`() {
        let keys = (1...10_002).map { "k\($0): 1" }.joined(separator: ", ")
        let found = RosterFile.read(text: "{\(keys)}", path: "roster.yaml").diagnostics
        #expect(found.map(\.message) == ["more than 10000 keys in one mapping"])
    }
}

@Suite("What other readers of YAML see otherwise") struct OtherReadingTests {
    private func problems(_ old: String, _ new: String) -> [String] {
        Sample.read(old, new).diagnostics.map { "\($0.line):\($0.column): \($0.message) | \($0.suggestion ?? "")" }
    }

    @Test func `a tag is not filled in`() {
        #expect(
            problems("name: Sample", "name: !env SITE") == [
                "1:7: the tag !env means nothing here | leave it out: nothing is filled in for it"
            ]
        )
        #expect(Sample.read("name: Sample", "name: !!str 711").value?.name == "711")
    }

    @Test func `an integer is in decimal digits`() {
        #expect(problems("{id: 5, ", "{id: 0x5, ").first == "9:10: 0x5 is not in decimal digits | write it as 5")
    }

    @Test(arguments: ["\u{85}", "\u{2028}", "\u{2029}"])
    func `only a line feed and a carriage return end a line`(separator: String) {
        let comment = problems("seed: 7", "# a\(separator)b\nseed: seven")
        #expect(comment == ["4:7: expected an integer, found the text 'seven' | "])
        let text = problems("description: Two programs.", "description: \"Two\(separator)programs.\"")
        #expect(text.count == 1)
        #expect(text.first?.hasPrefix("2:14: the text must not have the control character U+") ?? false)
    }
}
