import Base
import SocketIO
import Testing

@Suite struct JSONTests {
    @Test("members keep their order, and the last of a name counts") func order() throws {
        let json = try JSON(parsing: #"{"z":1,"a":2,"z":3}"#)
        #expect(json.objectValue?.members.map(\.key) == ["z", "a", "z"])
        #expect(json["z"] == 3)
        #expect(json["b"] == nil)
        #expect(json != ["a": 2, "z": 1])
    }

    @Test("setting a member replaces it where it stands, appends it, or removes it") func setting() {
        var object: JSONObject = ["a": 1, "b": 2]
        object["a"] = 3
        object["c"] = 4
        object["b"] = nil
        #expect(object == ["a": 3, "c": 4])
    }

    @Test("a value is what it is, and whole numbers are integers") func accessors() {
        #expect(JSON.number(7).integerValue == 7)
        #expect(JSON.number(7.5).integerValue == nil)
        #expect(JSON.integer(7).numberValue == 7)
        #expect(JSON.string("7").integerValue == nil)
        #expect(JSON.bool(true).boolValue == true)
        #expect(JSON.array([1]).arrayValue == [1])
        #expect(JSON.binary([1, 2]).binaryValue == [1, 2])
        #expect(JSON.null["a"] == nil)
    }
}
