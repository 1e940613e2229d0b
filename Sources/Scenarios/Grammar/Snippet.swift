internal import Base

/// What an editor offers to put in where a value may stand, as `defaultSnippets` of the schema: YAML's language server and Visual Studio
/// Code know that key, which is not JSON Schema's own.
struct Snippet: Sendable {
    var label: String
    /// With stops as `${1:21:00}`, at which the cursor halts; a text that begins with `^` is put in without quotes.
    var body: JSON

    init(_ label: String, _ body: JSON) {
        self.label = label
        self.body = body
    }

    static func members(_ snippets: [Snippet]) -> [(String, JSON)] {
        guard !snippets.isEmpty else { return [] }
        let snippets = snippets.map { JSON.members([("label", .string($0.label)), ("body", $0.body)]) }
        return [("defaultSnippets", .array(snippets))]
    }
}

extension Format {
    /// The same format, with these for editors.
    func snippets(_ snippets: [Snippet]) -> Format {
        guard case .object(let object) = schema else { return self }
        let added = Snippet.members(snippets).map { JSONObject.Member(key: $0.0, value: $0.1) }
        var format = self
        format.schema = .object(JSONObject(object.members + added))
        return format
    }
}
