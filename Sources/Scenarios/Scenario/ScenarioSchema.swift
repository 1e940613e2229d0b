internal import Base

/// The JSON Schemas of scenario files and of those that they include, for editors, made from the declarations by which they are read.
public enum ScenarioSchema {
    /// JSON Schema 2020-12, indented, the same text on every call.
    public static func json() -> String {
        json(admittingPlaceholders(Format<ScenarioDraft>.scenario.schema), called: "scenario")
    }

    /// The same of files that scenarios include.
    public static func jsonOfIncluded() -> String { json(Format<InclusionDraft>.inclusion.schema, called: "included") }

    static func json(_ schema: JSON, called name: String) -> String {
        var definitions: [String: JSON] = [:]
        guard case .object(let root) = gathered(schema, &definitions) else { return "" }
        let head: JSONObject = [
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "$id": .string("https://griddrill.example/\(name).schema.json"),
        ]
        let members = definitions.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
        let definitionsAtEnd = JSONObject.Member(key: "$defs", value: .members(members))
        return JSON.object(JSONObject(head.members + root.members + [definitionsAtEnd])).document()
    }

    /// What holds for a value holds for a text with a placeholder of the matrix in it, too: what that comes to be, only the reader sees.
    private static func admittingPlaceholders(_ schema: JSON) -> JSON {
        switch schema {
        case .array(let elements): return .array(elements.map(admittingPlaceholders))
        case .object(let object):
            let members = object.members.map { JSONObject.Member(key: $0.key, value: admittingPlaceholders($0.value)) }
            return .object(admittingPlaceholder(JSONObject(members)))
        default: return schema
        }
    }

    private static func admittingPlaceholder(_ schema: JSONObject) -> JSONObject {
        let placeholder = #"[\s\S]*\$\([A-Za-z0-9_-]+\)[\s\S]*"#
        var schema = schema
        switch (schema["type"]?.stringValue, schema["pattern"]?.stringValue) {
        case ("string", let pattern?):
            let body =
                pattern.hasPrefix("^") && pattern.hasSuffix("$") ? String(pattern.dropFirst().dropLast()) : pattern
            if pattern.hasSuffix("$") { schema["pattern"] = .string("^(?:\(body)|\(placeholder))$") }
        case (let type?, nil) where ["integer", "boolean"].contains(type):
            schema["type"] = .strings([type, "string"])
            schema["pattern"] = .string("^\(placeholder)$")
            let message =
                schema["errorMessage"] ?? .string("expected \(type == "integer" ? "an integer" : "true or false")")
            schema["errorMessage"] = message
            schema["patternErrorMessage"] = message
        default:
            guard let words = schema["enum"] ?? schema["const"].map({ JSON.array([$0]) }),
                words.arrayValue?.first?.stringValue != nil
            else { break }
            schema["enum"] = nil
            schema["const"] = nil
            let text: JSON = .members([
                ("type", .string("string")), ("pattern", .string("^\(placeholder)$")),
                ("errorMessage", .string("expected one of its words")),
                ("patternErrorMessage", .string("expected one of its words")),
            ])
            schema["anyOf"] = .array([.members([("enum", words)]), text])
        }
        return schema
    }

    /// The schema without the definitions that its references carry along; they go into `definitions`, each once.
    private static func gathered(_ schema: JSON, _ definitions: inout [String: JSON]) -> JSON {
        switch schema {
        case .array(let elements):
            return .array(elements.map { gathered($0, &definitions) })
        case .object(let object):
            var members: [JSONObject.Member] = []
            for member in object.members {
                if member.key == "$defs", let carried = member.value.objectValue {
                    for definition in carried.members where definitions[definition.key] == nil {
                        definitions[definition.key] = gathered(definition.value, &definitions)
                    }
                } else {
                    members.append(JSONObject.Member(key: member.key, value: gathered(member.value, &definitions)))
                }
            }
            return .object(JSONObject(members))
        default: return schema
        }
    }
}

extension JSON {
    /// A schema that is written once, under `$defs`, and referred to from each place where it occurs. The reference carries it along
    /// until ``ScenarioSchema`` gathers them.
    static func definition(_ name: String, _ schema: JSON) -> JSON {
        ["$ref": .string("#/$defs/\(name)"), "$defs": [name: schema]]
    }
}
