internal import Base

/// The JSON Schema of scenario files, for editors, made from the declarations by which they are read.
public enum ScenarioSchema {
    /// JSON Schema 2020-12, indented, the same text on every call.
    public static func json() -> String {
        var definitions: [String: JSON] = [:]
        guard case .object(let root) = gathered(Format<ScenarioDraft>.scenario.schema, &definitions) else { return "" }
        let head: JSONObject = [
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "$id": "https://griddrill.example/scenario.schema.json",
        ]
        let members = definitions.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
        let definitionsAtEnd = JSONObject.Member(key: "$defs", value: .members(members))
        return JSON.object(JSONObject(head.members + root.members + [definitionsAtEnd])).document()
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
