internal import Foundation

/// Asks an independent implementation of JSON Schema: Python's `jsonschema`, fed by PyYAML.
///
/// The interpreter is `python3`, or what `GRIDDRILL_PYTHON` names.
public enum SchemaValidator {
    public struct Failure: Error, CustomStringConvertible {
        public var description: String
    }

    private struct Request: Encodable {
        var schema: String
        var documents: [String]
    }

    /// What the schema has against each of some YAML documents; empty: nothing.
    public static func validate(_ documents: [String], schema: String) throws -> [[String]] {
        let python = ProcessInfo.processInfo.environment["GRIDDRILL_PYTHON"] ?? "python3"
        // By way of a file: writing to a process that could not start would end this one.
        let request = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID().uuidString).json")
        try JSONEncoder().encode(Request(schema: schema, documents: documents)).write(to: request)
        defer { try? FileManager.default.removeItem(at: request) }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [python, "-c", script, request.path]
        let (output, errors) = (Pipe(), Pipe())
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output
        process.standardError = errors
        do {
            try process.run()
        } catch {
            throw Failure(description: "cannot run '\(python)' (set GRIDDRILL_PYTHON): \(error)")
        }
        let answer = output.fileHandleForReading.readDataToEndOfFile()
        let complaint = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw Failure(
                description:
                    "'\(python)' (or what GRIDDRILL_PYTHON names) needs the modules jsonschema and yaml (pip install jsonschema pyyaml): \(complaint)"
            )
        }
        return try JSONDecoder().decode([[String]].self, from: answer)
    }

    /// Scalars are resolved by YAML 1.2's core schema, as editors do: PyYAML's own rules are 1.1's, where 20:45 is 1245.
    private static let script = """
        import json, re, sys
        import jsonschema, yaml

        class Loader(yaml.SafeLoader):
            yaml_implicit_resolvers = {}

        for tag, pattern, first in [
            ("null", r"^(?:~|null|Null|NULL|)$", ["~", "n", "N", ""]),
            ("bool", r"^(?:true|True|TRUE|false|False|FALSE)$", list("tTfF")),
            ("int", r"^[-+]?[0-9]+$", list("-+0123456789")),
            ("float", r"^[-+]?(?:\\.[0-9]+|[0-9]+(?:\\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$", list("-+.0123456789")),
        ]:
            Loader.add_implicit_resolver("tag:yaml.org,2002:" + tag, re.compile(pattern), first)

        request = json.load(open(sys.argv[1], encoding="utf-8"))
        schema = json.loads(request["schema"])
        jsonschema.Draft202012Validator.check_schema(schema)
        validator = jsonschema.Draft202012Validator(schema)
        print(json.dumps([
            [error.json_path + ": " + error.message[:200] for error in validator.iter_errors(yaml.load(text, Loader))]
            for text in request["documents"]
        ]))
        """
}
