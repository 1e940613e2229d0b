import Testing

@testable import DispatchServer

/// What an export writes is for spreadsheets a text, and for our own import what it was.
@Suite struct CSVFieldTests {
    @Test(arguments: [
        ("plain", "plain"), ("", ""), ("a,b", "\"a,b\""), ("say \"hi\"", "\"say \"\"hi\"\"\""),
        ("\"\u{301}x", "\"\"\"\u{301}x\""), (",\u{301}", "\",\u{301}\""), ("a\r\nb", "\"a\r\nb\""),
        ("=1+1", "'=1+1"), ("+16175550101", "'+16175550101"), ("-2", "'-2"), ("@SUM(A1)", "'@SUM(A1)"),
        ("\tx", "'\tx"), ("\rx", "\"'\rx\""), ("=\u{301}cmd", "'=\u{301}cmd"), ("'=x", "''=x"), ("''=x", "'''=x"),
        ("'tis", "'tis"), ("'", "'"), ("a=b", "a=b"), ("=A1,\"B\"", "\"'=A1,\"\"B\"\"\""),
    ])
    func `a field is written so that no spreadsheet carries it out, and is read as it was`(text: String, field: String)
    {
        let written = CSVField.written(text)
        #expect(Array(written.unicodeScalars) == Array(field.unicodeScalars))
        var reader = CSVReader("first,\(written),last\n")
        let rows = reader.rows()
        #expect(reader.problems.isEmpty)
        #expect(rows.map(\.fields) == [["first", text, "last"]])
        #expect(rows.first.map { Array($0.fields[1].unicodeScalars) } == Array(text.unicodeScalars))
    }
}
