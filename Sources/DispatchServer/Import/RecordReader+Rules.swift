internal import Base
internal import DemandResponse
internal import Foundation
internal import Journal
internal import NIOCore
internal import SocketIO

extension RecordReader {
    /// A program's rules, under the keys of a scenario's program: as JSON, or in a column of a table as JSON's text.
    /// - Returns: `nil` where there are none, or something is wrong with them, which is noted.
    mutating func rules() -> ProgramRules? {
        var given = JSONObject()
        for key in ProgramRules.keys {
            switch record.fields[key] {
            case nil, .null: continue
            case .string(let text) where text.isEmpty: continue
            case .string(let text):
                guard let value = try? JSON(parsing: ByteBuffer(string: text)) else {
                    problem(key, "must be JSON")
                    return nil
                }
                given[key] = value
            case let value?: given[key] = value
            }
        }
        guard !given.members.isEmpty else { return nil }
        do {
            let rules = try JSONDecoder().decode(ProgramRules.self, from: Data(JSON.object(given).text.utf8))
            if let unknown = Self.unknown(.object(given), in: rules) {
                problem(unknown, "is not a key of a program's rules")
            }
            for found in rules.contradictions {
                let field = found.path.joined(separator: ".")
                if found.isWarning {
                    warn(field, found.message)
                } else {
                    problem(field, "\(found.message): \(found.cure)")
                }
            }
            return rules == ProgramRules() ? nil : rules
        } catch let error as DecodingError {
            let (path, words) = error.placeAndWords
            problem(path.isEmpty ? "limits" : path, words)
        } catch {
            problem("limits", "cannot be read")
        }
        return nil
    }

    /// The place of a key that nobody reads: a rule that is misspelt is none.
    private static func unknown(_ given: JSON, in rules: ProgramRules) -> String? {
        let limits = given.objectValue?["limits"]?.objectValue
        let known: [(String?, JSONObject?, Set<String>)] = [
            (
                nil, limits,
                ["notice", "window", "length", "counts", "consecutive_days", "gap", "overlap", "of", "counted"]
            ),
            ("notice", limits?["notice"]?.objectValue, ["least", "latest"]),
            ("window", limits?["window"]?.objectValue, ["hours", "days", "season", "holidays"]),
            ("length", limits?["length"]?.objectValue, ["least", "most"]),
            ("counted", limits?["counted"]?.objectValue, ["tests", "cancelled", "overridden"]),
        ]
        for (name, object, keys) in known {
            if let key = object?.members.first(where: { !keys.contains($0.key) })?.key {
                return (["limits"] + [name, key].compactMap(\.self)).joined(separator: ".")
            }
        }
        return nil
    }
}

extension DecodingError {
    /// Where in the document, and what is wrong there.
    fileprivate var placeAndWords: (String, String) {
        func place(_ path: [any CodingKey]) -> String {
            path.map { $0.intValue.map(String.init) ?? $0.stringValue }.joined(separator: ".")
        }
        switch self {
        case .keyNotFound(let key, let context): return (place(context.codingPath + [key]), "is missing")
        case .typeMismatch(let type, let context): return (place(context.codingPath), "is not a \(type)")
        case .valueNotFound(_, let context): return (place(context.codingPath), "is null")
        case .dataCorrupted(let context): return (place(context.codingPath), context.debugDescription)
        @unknown default: return ("", "cannot be read")
        }
    }
}
