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

    /// Reads documents (a JSON array, one document a line, or documents one after the other, plain or in MongoDB's extended
    /// JSON) or, if it begins with neither `[` nor `{`, CSV.
    init(_ bytes: [UInt8]) {
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        let bytes = bytes.starts(with: mark) ? Array(bytes.dropFirst(mark.count)) : bytes
        let first = bytes.first { !DocumentScanner.isBlank($0) }
        switch first {
        case nil: problems.append(.init(field: "body", message: "is empty"))
        case UInt8(ascii: "["), UInt8(ascii: "{"): readDocuments(bytes)
        default: readCSV(bytes)
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

    private mutating func readCSV(_ bytes: [UInt8]) {
        guard let text = String(validating: bytes, as: UTF8.self) else {
            problems.append(.init(field: "body", message: "is not UTF-8"))
            return
        }
        var reader = CSVReader(text)
        let rows = reader.rows()
        for found in reader.problems { problem(found.line, "row", found.message) }
        guard let header = rows.first else { return }
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
}
