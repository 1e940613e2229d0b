internal import Base

/// A key of a mapping: its name, its values' format, and what it is for.
struct Key<Value: Sendable>: Sendable {
    var description: KeyDescription
    var format: Format<Value>

    private init(
        _ name: String,
        _ format: Format<Value>,
        _ need: KeyDescription.Need,
        _ documentation: String,
        cure: String? = nil
    ) {
        self.format = format
        description = KeyDescription(
            name: name,
            need: need,
            documentation: documentation,
            cure: cure,
            schema: format.schema,
            flowTail: format.flowTail
        )
    }

    /// - Parameter cure: what to write where it is missing, if one thing will mostly do.
    static func required(
        _ name: String,
        _ format: Format<Value>,
        _ documentation: String,
        cure: String? = nil
    ) -> Key {
        Key(name, format, .required, documentation, cure: cure)
    }

    /// - Parameter other: the key in whose place it may be left out.
    static func required(_ name: String, orElse other: String, _ format: Format<Value>, _ documentation: String) -> Key
    {
        var key = Key(name, format, .required, documentation)
        key.description.substitute = other
        return key
    }

    static func optional(_ name: String, _ format: Format<Value>, _ documentation: String) -> Key {
        Key(name, format, .optional, documentation)
    }

    /// Exactly one of a mapping's alternatives is given.
    static func alternative(_ name: String, _ format: Format<Value>, _ documentation: String) -> Key {
        Key(name, format, .alternative, documentation)
    }

    /// At least one of these is given.
    static func change(_ name: String, _ format: Format<Value>, _ documentation: String) -> Key {
        Key(name, format, .change, documentation)
    }
}

/// What is said of a key, apart from how its values are read.
struct KeyDescription: Sendable {
    enum Need { case required, optional, alternative, change }

    var name: String
    var need: Need
    var documentation: String
    var cure: String?
    var schema: JSON
    var flowTail: String?
    /// Where this key is given, a required one need not be.
    var substitute: String?

    /// What is said where it is missing.
    var help: String { "\(name): \(documentation)" + (cure.map { " \($0)" } ?? "") }

    /// The key's member of the schema's `properties`.
    var property: JSON {
        // Beside `$ref`, 2020-12 allows other members.
        guard let object = schema.objectValue, object["$ref"] == nil else {
            return .members([("description", .string(documentation)), ("allOf", .array([schema]))])
        }
        var described: JSONObject = ["description": .string(documentation)]
        described.members += object.members.filter { $0.key != "description" }
        return .object(described)
    }
}
