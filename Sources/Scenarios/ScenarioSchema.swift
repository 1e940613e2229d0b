/// The JSON Schema of scenario files, for editors, made from the declarations by which they are read.
public enum ScenarioSchema {
    /// JSON Schema 2020-12, indented, the same text on every call.
    public static func json() -> String {
        let root = Format<ScenarioDraft>.scenario.schema
        var definitions: [String: JSON] = [:]
        collect(from: root, into: &definitions)
        guard case .object(let members) = root else { return JSONWriter.write(root) }
        let defs = definitions.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
        let head: [(String, JSON)] = [
            ("$schema", .string("https://json-schema.org/draft/2020-12/schema")),
            ("$id", .string("https://griddrill.example/scenario.schema.json")),
        ]
        return JSONWriter.write(.object(head + members + [("$defs", .object(defs))]))
    }

    private static func collect(from schema: JSON, into definitions: inout [String: JSON]) {
        switch schema {
        case .definition(let name, let definition):
            guard definitions[name] == nil else { return }
            definitions[name] = definition
            collect(from: definition, into: &definitions)
        case .array(let elements):
            for element in elements { collect(from: element, into: &definitions) }
        case .object(let members):
            for (_, member) in members { collect(from: member, into: &definitions) }
        case .string, .integer, .unsigned, .bool:
            break
        }
    }
}
