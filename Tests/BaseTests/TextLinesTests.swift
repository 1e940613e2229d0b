import Base
import Testing

@Suite("The lines of a text") struct TextLinesTests {
    @Test(arguments: ["\n", "\r", "\r\n"])
    func `end as editors say`(end: String) {
        #expect(["a", "", "b", ""].joined(separator: end).lines == ["a", "", "b", ""])
        #expect("a\(end)b".lines == ["a", "b"])
    }

    @Test func `end in several ways in one text`() {
        #expect("a\r\n\nb\r\rc\n\rd".lines == ["a", "", "b", "", "c", "", "d"])
    }

    @Test(arguments: ["", "a", "a\u{85}b", "a\u{2028}b", "a\u{2029}b", "a\u{B}b", "a\u{C}b"])
    func `are one where nothing ends one`(text: String) { #expect(text.lines == [text[...]]) }

    @Test func `keep marks at their start`() { #expect("a\n\u{301}b".lines.count == 2) }
}
