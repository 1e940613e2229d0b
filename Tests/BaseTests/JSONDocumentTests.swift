import Base
import Testing

@Suite struct JSONDocumentTests {
    @Test func aDocumentIsIndentedAndKeepsItsOrder() {
        let json: JSON = ["b": [1, "two", nil], "a": ["empty": [], "none": [:]]]
        #expect(
            json.document() == """
                {
                  "b": [
                    1,
                    "two",
                    null
                  ],
                  "a": {
                    "empty": [],
                    "none": {}
                  }
                }

                """
        )
    }

    @Test func documentsThatDifferInTheOrderOfTheirMembersAreEqualWhenSorted() {
        let (one, other): (JSON, JSON) = (["a": 1, "b": ["c": 2, "d": 3]], ["b": ["d": 3, "c": 2], "a": 1])
        #expect(one.document(sortingKeys: true) == other.document(sortingKeys: true))
        #expect(one.document() != other.document())
    }

    @Test(
        arguments: [
            (.string("a\"b\\c\n\t\u{1}é"), #""a\"b\\c\n\t\u0001é""#), (.unsigned(.max), "18446744073709551615"),
            (.number(60), "60"), (.number(2.5), "2.5"), (.number(.infinity), #""infinity""#), (.bool(true), "true"),
        ] as [(JSON, String)]
    )
    func scalarsAreWrittenAsRFC8259HasThem(json: JSON, text: String) {
        #expect(json.document() == text + "\n")
    }
}
