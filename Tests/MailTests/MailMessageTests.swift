import Base
import DemandResponse
import Foundation
import Testing

@testable import Mail

@Suite("A mail")
struct MailMessageTests {
    @Test("has no address that could end a header, a command or a reader's patience")
    func addresses() throws {
        for (text, problem) in [
            ("a@b\r\nBcc: all@grid.example", "line break"), ("a\nb@c", "line break"), ("a@b.c>", "angle bracket"),
            ("<a@b.c>", "angle bracket"), (String(repeating: "a", count: 10_000) + "@b.c", "longer than 254"),
            (String(repeating: "a", count: 65) + "@b.c", "longer than 64"), ("a\u{202E}b@c.d", "invisible mark"),
            ("a b@c.d", "blank"), ("a,b@c.d", "','"), ("a@b@c", "name@domain"), ("nobody", "name@domain"),
            ("", "name@domain"), ("@c.d", "before the @"), ("a..b@c.d", "dot too many"), ("a@-c.d", "no domain"),
            ("a@c..d", "no domain"), ("a@c d", "blank"), ("a\u{0}@c.d", "control"), ("\"a\"@c.d", "'\"'"),
        ] {
            let told = #expect(throws: MailAddress.Problem.self) { try MailAddress(text) }
            #expect(told?.description.contains(problem) ?? false, "\(text.prefix(20)): \(told?.description ?? "")")
        }
        #expect(try MailAddress("site+17@mill.example").description == "site+17@mill.example")
        #expect(try MailAddress("müller@mühle.example").isInternational)
        let named = try Mailbox("\"Grid Desk\" <dispatch@grid.example>")
        #expect(named.name == HeaderText("Grid Desk") && named.address.domain == "grid.example")
    }

    @Test("has one line for one text in a header, whatever is in the text")
    func headers() {
        for text in ["Peak\r\nBcc: all@grid.example", "a\u{2028}b", "a\u{202E}b", "a\u{0}b\u{85}c"] {
            let line = HeaderText(text).unstructured(after: 9)
            #expect(!line.contains { $0.isNewline }, "\(line)")
        }
        #expect(HeaderText("Peak: \"Ä\"").unstructured(after: 9) == "=?UTF-8?B?UGVhazogIsOEIg==?=")
        let long = HeaderText(String(repeating: "Kürzung ", count: 40)).unstructured(after: 9)
        let lines = long.components(separatedBy: "\r\n")
        #expect(lines.count > 3 && lines.allSatisfy { $0.utf8.count <= 76 })
        #expect(lines.dropFirst().allSatisfy { $0.hasPrefix(" =?UTF-8?B?") })
        #expect(HeaderText("=?x").unstructured(after: 9).hasPrefix("=?UTF-8?B?"), "not to be taken for an encoded word")
    }

    @Test("is quoted-printable, in short lines of ASCII")
    func quotedPrintable() {
        func encoded(_ text: String) -> String {
            var bytes: [UInt8] = []
            QuotedPrintable.encode(text, into: &bytes)
            return String(decoding: bytes, as: UTF8.self)
        }
        #expect(encoded("a=b") == "a=3Db\r\n")
        #expect(encoded("ends with a blank \nÄ\n") == "ends with a blank=20\r\n=C3=84\r\n")
        #expect(encoded("a\r\n\r\nb") == "a\r\n\r\nb\r\n")
        let lines = encoded(String(repeating: "ÄÖ ", count: 200)).components(separatedBy: "\r\n")
        #expect(lines.allSatisfy { $0.utf8.count <= 76 && $0.utf8.allSatisfy { $0 < 0x80 } })
        #expect(encoded("\u{B}") == "=0B\r\n")
    }

    @Test("whose token names its message in an address")
    func token() {
        let id = UniqueID(name: "17/email", in: UniqueID(high: 1, low: 2))
        let token = DispatchMail.token(id, 3, .cancellation)
        #expect(token == id.description.replacing("-", with: "") + "-3c")
        #expect(SMTPEnvelope.xtext("a+b=c d") == "a+2Bb+3Dc+20d")
    }
}
