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

    @Test(
        "has for each text with a grammar a message that fits a line, in place of the pattern that editors would show"
    )
    func messages() throws {
        let schema = try JSONSerialization.jsonObject(with: Data(ScenarioSchema.json().utf8))
        var patterns = 0
        func visit(_ value: Any) {
            if let list = value as? [Any] { list.forEach(visit) }
            guard let object = value as? [String: Any] else { return }
            object.values.forEach(visit)
            guard let pattern = object["pattern"] as? String else { return }
            patterns += 1
            for key in ["errorMessage", "patternErrorMessage"] {
                let message = object[key] as? String ?? ""
                #expect(
                    (10...120).contains(message.count) && !message.contains("\n"),
                    "\(pattern.prefix(80)): \(message)"
                )
            }
        }
        visit(schema)
        #expect(patterns >= 12)
    }

    @Test("says of an expectation, a duration and a template what would do")
    func wording() throws {
        let schema = try JSONSerialization.jsonObject(with: Data(ScenarioSchema.json().utf8)) as? [String: Any]
        let definitions = schema?["$defs"] as? [String: [String: Any]]
        #expect(
            definitions?["expectation"]?["patternErrorMessage"] as? String
                == "expected an expectation, as dispatches == 1004, acknowledged{program:1} >= 94% within 10m"
        )
        #expect(
            definitions?["duration"]?["patternErrorMessage"] as? String
                == "expected a duration, as 40ms, 90s, 1h30m, 1.5s"
        )
    }

    @Test("offers snippets that the reader understands, as an editor puts them in")
    func snippets() throws {
        let schema = try JSONSerialization.jsonObject(with: Data(ScenarioSchema.json().utf8))
        var bodies: [String: [Any]] = [:]
        func visit(_ value: Any, _ name: String) {
            if let list = value as? [Any] { list.forEach { visit($0, name) } }
            guard let object = value as? [String: Any] else { return }
            for snippet in object["defaultSnippets"] as? [[String: Any]] ?? [] {
                #expect((snippet["label"] as? String)?.isEmpty == false)
                bodies[name, default: []].append(snippet["body"] ?? "")
            }
            for (key, value) in object where key != "defaultSnippets" { visit(value, key == "properties" ? name : key) }
        }
        visit(schema, "")
        #expect(bodies.values.joined().count >= 8)
        for (name, bodies) in bodies {
            // The sections are lists; a snippet stands among the sample's own elements.
            let section = try #require(
                [
                    "expectation": "expect", "explained_expectation": "expect", "timeline_entry": "timeline",
                    "client": "clients", "customer": "customers",
                ][
                    name
                ]
            )
            for body in bodies {
                let json = String(
                    decoding: try JSONSerialization.data(withJSONObject: body, options: .fragmentsAllowed),
                    as: UTF8.self
                )
                // `${1:21:00}` stands for 21:00 until it is typed over.
                let element = json.replacing(/\$\{\d+:([^}]*)\}/) { $0.output.1 }.replacing(/"\^(.*?)"/) { $0.output.1 }
                let reading = Sample.read("\(section):\n", "\(section):\n  - \(element)\n")
                #expect(reading.value != nil, "\(element)\n\(reading.rendered)")
            }
        }
    }

    @Test("is the same text every time")
    func stable() {
        #expect(ScenarioSchema.json() == ScenarioSchema.json())
        #expect(ScenarioSchema.json().hasSuffix("}\n"))
    }
}
