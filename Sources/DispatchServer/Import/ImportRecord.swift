internal import Base
internal import NIOCore
internal import SocketIO

/// One program or customer of a file that is imported, before anything is believed of it.
struct ImportRecord {
    /// Where it begins in the file, from 1.
    var line: Int
    var fields: JSONObject
}

/// What a file holds, and every line of it that could not be read.
struct ImportFile {
    var records: [ImportRecord] = []
    var problems: [APIError.Detail] = []

    /// Whether nothing is wrong with it and nothing is in it.
    var isBare: Bool { records.isEmpty && problems.isEmpty }

    /// How much of a body is shown that is of no known form.
    private static let longestExcerpt = 60

    /// Reads documents (a JSON array, one document a line, or documents one after the other, plain or in MongoDB's extended
    /// JSON) or CSV: as the content type says or, if it says nothing, documents where the first byte is `[` or `{`, and CSV where the
    /// first line is a header. Anything else is a problem: what is no file of ours never reads as one without records.
    init(_ bytes: [UInt8], as form: ImportForm? = nil, columns: ImportColumns) {
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        let bytes = bytes.starts(with: mark) ? Array(bytes.dropFirst(mark.count)) : bytes
        let first = bytes.first { !DocumentScanner.isBlank($0) }
        let beginsAsDocuments = first == UInt8(ascii: "[") || first == UInt8(ascii: "{")
        switch form ?? (beginsAsDocuments ? .documents : .csv) {
        case _ where first == nil: problems.append(.init(field: "body", message: "is empty"))
        case .documents where !beginsAsDocuments:
            problems.append(
                .init(field: "body", message: "is no JSON: \(Self.beginning(of: bytes)) begins with neither [ nor {")
            )
        case .documents: readDocuments(bytes)
        case .csv: readCSV(bytes, columns, isSaid: form == .csv)
        }
    }

    private mutating func readDocuments(_ bytes: [UInt8]) {
        var scanner = DocumentScanner(bytes)
        for document in scanner.documents() {
            do {
                let value = ExtendedJSON.plain(try JSON(parsing: .init(bytes: document.bytes)))
                guard let fields = value.objectValue else {
                    problem(document.line, "document", "must be a JSON object")
                    continue
                }
                records.append(ImportRecord(line: document.line, fields: fields))
            } catch {
                problem(document.line, "document", "is not JSON: \(error)")
            }
        }
        for found in scanner.problems { problem(found.line, "document", found.message) }
    }

    private mutating func readCSV(_ bytes: [UInt8], _ columns: ImportColumns, isSaid: Bool) {
        guard let text = String(validating: bytes, as: UTF8.self) else {
            problems.append(.init(field: "body", message: "is not UTF-8"))
            return
        }
        var reader = CSVReader(text)
        let rows = reader.rows()
        guard let header = rows.first else { return }
        let wrong = columns.problems(ofHeader: header.fields)
        guard wrong.isEmpty else {
            if !isSaid, columns.required.isDisjoint(with: header.fields) {
                let wanted = "neither JSON, which begins with [ or {, nor CSV, whose first line names the columns"
                let message = "is \(wanted) \(columns.text): it begins with \(Self.beginning(of: bytes))"
                problems.append(.init(field: "body", message: message))
            } else {
                // Of rows under a header that is wrong nothing can be said.
                for message in wrong { problem(header.line, "header", message) }
            }
            return
        }
        for found in reader.problems { problem(found.line, "row", found.message) }
        for row in rows.dropFirst() {
            guard row.fields.count == header.fields.count else {
                problem(row.line, "row", "has \(row.fields.count) fields; the header has \(header.fields.count)")
                continue
            }
            let members = zip(header.fields, row.fields).filter { !$1.isEmpty }
                .map { JSONObject.Member(key: $0, value: .string($1)) }
            records.append(ImportRecord(line: row.line, fields: JSONObject(members)))
        }
    }

    private mutating func problem(_ line: Int, _ field: String, _ message: String) {
        problems.append(.init(field: field, message: message, line: line))
    }

    /// The first bytes of a body for a person to recognise, on one line.
    private static func beginning(of bytes: [UInt8]) -> String {
        let text = String(decoding: bytes.prefix(longestExcerpt), as: UTF8.self)
            .escaped { $0.properties.generalCategory == .control ? "\u{FFFD}" : nil }
        return "'\(text)\(bytes.count > longestExcerpt ? "…" : "")'"
    }
}
