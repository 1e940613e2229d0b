import Base
import SocketIO
import Testing

@testable import DispatchServer

@Suite struct ImportFileTests {
    private func read(_ text: String) -> (records: [(line: Int, id: JSON?)], problems: [Int?]) {
        let file = ImportFile(Array(text.utf8))
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
        #expect(ImportFile([]).problems.count == 1)
    }

    @Test func csvHasQuotedFieldsOverSeveralLines() {
        let file = ImportFile(Array("_id,name\r\n1,\"a, \"\"b\"\"\nc\"\r\n\r\n2,d".utf8))
        #expect(file.problems.isEmpty)
        #expect(file.records.map(\.line) == [2, 5])
        #expect(file.records.map { $0.fields["name"] } == ["a, \"b\"\nc", "d"])
        #expect(file.records.map { $0.fields["_id"] } == ["1", "2"])
    }

    @Test func csvNamesEveryLineThatIsWrong() {
        let text = "_id,name\n1\n2,a,b\n3,x\"y\n4,\"q\"z\n5,ok\n6,\"open"
        let file = ImportFile(Array(text.utf8))
        #expect(file.problems.compactMap(\.line).sorted() == [2, 3, 4, 5, 7])
    }

    @Test func bytesThatAreNoTextAreRefused() {
        #expect(!ImportFile([0x61, 0xFF, 0x0A]).problems.isEmpty)
        #expect(!ImportFile(Array("{\"_id\":\"".utf8) + [0xFF] + Array("\"}".utf8)).problems.isEmpty)
    }
}
