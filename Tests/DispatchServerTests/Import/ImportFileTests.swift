import Base
import SocketIO
import Testing

@testable import DispatchServer

@Suite struct ImportFileTests {
    private static let columns = ImportColumns(required: ["_id", "name"], optional: ["phone"])

    private func file(_ bytes: [UInt8], as form: ImportForm? = nil) -> ImportFile {
        ImportFile(bytes, as: form, columns: Self.columns)
    }

    private func file(_ text: String) -> ImportFile { file(Array(text.utf8)) }

    private func read(_ text: String) -> (records: [(line: Int, id: JSON?)], problems: [Int?]) {
        let file = file(text)
        return (file.records.map { ($0.line, $0.fields["_id"]) }, file.problems.map(\.line))
    }

    @Test(arguments: [
        #"[{"_id":1},{"_id":2}]"#,
        "{\"_id\":1}\n{\"_id\":2}\n",
        "\u{FEFF}{\"_id\":1}\r\n\r\n{\"_id\":2}",
        "{\n\t\"_id\": 1\n}\n{\n\t\"_id\": 2\n}\n",
        #"[{"_id":{"$numberInt":"1"}}, {"_id":{"$numberLong":"2"}}]"#,
        #"[{"_id":{"$numberDouble":"1.0"}}, {"_id":{"$numberInt":"2"}}]"#,
    ])
    func documentsAreReadInEachFormThatMongoexportWrites(text: String) {
        let read = read(text)
        #expect(read.records.compactMap { $0.id?.integerValue } == [1, 2])
        #expect(read.problems.isEmpty)
    }

    @Test func eachDocumentKnowsTheLineOnWhichItBegins() {
        #expect(read("[\n{\"_id\":1,\n\"name\":\"a {\\\"b\"},\n\n{\"_id\":2}]").records.map(\.line) == [2, 5])
        #expect(read("\n{\n\"_id\":1}\n{\"_id\":2}").records.map(\.line) == [2, 4])
    }

    @Test(arguments: ["\r", "\n", "\r\n"])
    func linesAreCountedHoweverTheyEnd(end: String) {
        func lines(_ rows: [String]) -> [Int] { read(rows.joined(separator: end)).records.map(\.line) }
        #expect(lines(["_id,name", "1,a", "", "2,\"b\(end)c\"", "3,d"]) == [2, 4, 6])
        #expect(lines(["{\"_id\":1}", "", "{\"_id\":2}"]) == [1, 3])
        #expect(lines(["[", "{\"_id\":1,", "\"name\":\"a\"},", "", "{\"_id\":2}]"]) == [2, 5])
    }

    @Test func everyBrokenLineIsNamedAndTheOthersAreRead() {
        let read = read("{\"_id\":1}\n{\"_id\":2,}\n{\"_id\":3}\n[4]\n{\"_id\":5\n")
        #expect(read.records.map(\.line) == [1, 3])
        #expect(read.problems == [2, 4, 5])
    }

    @Test(arguments: [
        ("[{\"_id\":1}\n{\"_id\":2}]", 2), ("[{\"_id\":1},\n]", 2), ("[{\"_id\":1}", 1), ("[{\"_id\":1}]\nmore", 2),
        ("[1]", 1), ("[{\"_id\":1},\n{\"a\"", 2),
    ])
    func anArrayThatIsNotOneIsRefusedWhereItBreaks(text: String, line: Int) {
        #expect(read(text).problems == [line])
    }

    @Test func nothingIsSaidToBeEmpty() {
        #expect(read(" \n").problems.count == 1)
        #expect(file([UInt8]()).problems.count == 1)
    }

    @Test func csvHasQuotedFieldsOverSeveralLines() {
        let file = file("_id,name\r\n1,\"a, \"\"b\"\"\nc\"\r\n\r\n2,d")
        #expect(file.problems.isEmpty)
        #expect(file.records.map(\.line) == [2, 5])
        #expect(file.records.map { $0.fields["name"] } == ["a, \"b\"\nc", "d"])
        #expect(file.records.map { $0.fields["_id"] } == ["1", "2"])
    }

    @Test func csvNamesEveryLineThatIsWrong() {
        let text = "_id,name\n1\n2,a,b\n3,x\"y\n4,\"q\"z\n5,ok\n6,\"open"
        let file = file(text)
        #expect(file.problems.compactMap(\.line).sorted() == [2, 3, 4, 5, 7])
    }

    @Test func bytesThatAreNoTextAreRefused() {
        #expect(!file([0x61, 0xFF, 0x0A]).problems.isEmpty)
        #expect(!file(Array("{\"_id\":\"".utf8) + [0xFF] + Array("\"}".utf8)).problems.isEmpty)
    }

    @Test(arguments: [
        "null\n", "x", "Unauthorized\n", "<html><body>502 Bad Gateway</body></html>", "\u{1}\u{0}\u{0}",
        String(repeating: "\0", count: 4_096), "- {id: 1, name: Dock, program: 1}", "id,title\n1,a\n",
        "_ID,NAME\n1,a\n",
        "\"_id;name\"\n1;a\n",
    ])
    func `what is neither JSON nor CSV with our columns is a problem, never a file without records`(text: String) {
        let file = file(text)
        #expect(file.records.isEmpty)
        #expect(file.problems.map(\.field) == ["body"])
        #expect(file.problems.allSatisfy { $0.message.contains("_id, name") })
    }

    @Test(arguments: [
        ("_id\n1\n", ["has no column name"]), ("_id;name\n1;a\n", nil), ("name,phone\na,1\n", ["has no column _id"]),
        ("_id,name,_id\n1,a,2\n", ["has the column '_id' 2 times"]),
        ("_id,name,phone,phone\n1,a,2,3\n", ["has the column 'phone' 2 times"]),
    ])
    func `a header has the required columns, each once, and rows under a wrong one are not judged`(
        text: String,
        expected: [String]?
    ) {
        let file = file(text)
        #expect(file.records.isEmpty)
        #expect(file.problems.count == 1)
        if let expected { #expect(file.problems.map(\.message) == expected && file.problems.first?.line == 1) }
    }

    @Test func `the form that is said is the one that is read`() {
        #expect(file(Array("_id,name\n1,a".utf8), as: .documents).problems.map(\.field) == ["body"])
        #expect(file(Array("[{\"_id\":1}]".utf8), as: .csv).problems.map(\.field) == ["header"])
        #expect(file(Array("_id;name\n1;a".utf8), as: .csv).problems.first?.message.contains("by commas") ?? false)
        #expect(file(Array("_id,name\n1,a".utf8), as: .csv).problems.isEmpty)
    }

    @Test func `a content type says the form, says nothing, or is none of ours`() throws {
        #expect(try ImportForm(contentType: "Application/JSON; charset=utf-8") == .documents)
        #expect(try ImportForm(contentType: "text/csv") == .csv)
        for silent in [nil, "", "text/plain", "application/octet-stream", "application/x-www-form-urlencoded"] {
            #expect(try ImportForm(contentType: silent) == nil)
        }
        for other in ["text/html; charset=utf-8", "application/xml", "image/png", "application/yaml"] {
            #expect(throws: APIError.self) { try ImportForm(contentType: other) }
        }
    }
}
