import Foundation
import TestSupport
import Testing

@testable import Scenarios

@Suite("The JSON Schema")
struct SchemaTests {
    @Test("lets every shipped scenario pass")
    func shipped() throws {
        #expect(Shipped.paths.count >= 8)
        let texts = try Shipped.paths.map { try String(contentsOfFile: $0, encoding: .utf8) }
        let complaints = try SchemaValidator.validate(texts + [Sample.text], schema: ScenarioSchema.json())
        for (path, complaints) in zip(Shipped.paths + ["sample"], complaints) {
            #expect(complaints == [], "\(path)")
        }
    }

    @Test("refuses every kind of mistake that the reader refuses, but for those of meaning")
    func mistakes() throws {
        let mistakes = Mistake.all
        let complaints = try SchemaValidator.validate(
            mistakes.map { Sample.text($0.old, $0.new) },
            schema: ScenarioSchema.json()
        )
        for (mistake, complaints) in zip(mistakes, complaints) where mistake.isSyntactic {
            #expect(!complaints.isEmpty, "the schema lets pass: \(mistake)")
        }
        for (mistake, complaints) in zip(mistakes, complaints) where !mistake.isSyntactic {
            #expect(complaints.isEmpty, "the schema cannot know: \(mistake)")
        }
    }

    @Test("names, describes and types every key, and allows no others")
    func complete() throws {
        let schema = try JSONSerialization.jsonObject(with: Data(ScenarioSchema.json().utf8)) as? [String: Any]
        #expect(schema?["$id"] != nil)
        #expect(schema?["$schema"] as? String == "https://json-schema.org/draft/2020-12/schema")
        var objects = 0
        func visit(_ value: Any) {
            if let list = value as? [Any] { list.forEach(visit) }
            guard let object = value as? [String: Any] else { return }
            object.values.forEach(visit)
            guard let properties = object["properties"] as? [String: [String: Any]] else { return }
            objects += 1
            #expect(object["title"] != nil && object["description"] != nil)
            #expect(object["additionalProperties"] as? Bool == false)
            for (name, property) in properties {
                #expect((property["description"] as? String)?.isEmpty == false, "\(name)")
            }
        }
        if let schema { visit(schema) }
        #expect(objects >= 14)
    }

    @Test("is the same text every time")
    func stable() {
        #expect(ScenarioSchema.json() == ScenarioSchema.json())
        #expect(ScenarioSchema.json().hasSuffix("}\n"))
    }
}
