internal import HTTPTypes

/// In which form a file is sent.
enum ImportForm {
    case documents
    case csv

    /// As a content type (RFC 9110 §8.3) says it.
    /// - Returns: `nil` for one that says nothing of the form: none, or what clients send by default, as curl does.
    /// - Throws: 415 for what is no file of ours, as an HTML page.
    init?(contentType: String?) throws(APIError) {
        let media = contentType?.prefix { $0 != ";" }.lowercased().filter { !$0.isWhitespace } ?? ""
        switch media {
        case "application/json", "application/x-ndjson", "application/ndjson", "application/jsonl",
            "application/x-jsonlines":
            self = .documents
        // Browsers on machines with Excel call CSV files so.
        case "text/csv", "application/csv", "application/vnd.ms-excel": self = .csv
        case "", "text/plain", "application/octet-stream", "application/x-www-form-urlencoded": return nil
        default:
            throw APIError(
                status: .unsupportedMediaType,
                code: "unsupported-media-type",
                message:
                    "nothing was imported: \(media.prefix(60)) is none of application/json, application/x-ndjson, text/csv"
            )
        }
    }
}

/// The names of the fields of a file's records.
struct ImportColumns {
    /// Those that CSV's header must have.
    var required: Set<String>
    /// Those beside them that are read or may be there.
    var optional: Set<String>

    func isKnown(_ name: String) -> Bool { required.contains(name) || optional.contains(name) }

    var text: String { required.sorted().joined(separator: ", ") }

    /// What is wrong with a header: a column that is missing, or stands there twice.
    func problems(ofHeader names: [String]) -> [String] {
        var problems: [String] = []
        let missing = required.subtracting(names).sorted()
        if !missing.isEmpty {
            let separator = names.count == 1 ? names.first?.first { ";\t|".contains($0) } : nil
            let cure = separator.map { "; columns are separated by commas, not by '\($0)'" } ?? ""
            problems.append("has no column \(missing.joined(separator: ", "))\(cure)")
        }
        let counts = names.reduce(into: [String: Int]()) { $0[$1, default: 0] += 1 }
        for (name, count) in counts.sorted(by: { $0.key < $1.key }) where count > 1 {
            problems.append("has the column '\(name.prefix(60))' \(count) times")
        }
        return problems
    }
}
