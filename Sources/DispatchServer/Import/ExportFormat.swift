internal import Base
internal import DemandResponse
internal import HTTPTypes
internal import Hummingbird
internal import Journal
internal import SocketIO

/// How the roster is written: each form can be imported again, by this server and, the last two, by mongoimport.
enum ExportFormat: String, CaseIterable {
    /// A JSON array, in pages.
    case json
    /// One JSON document a line, all of them.
    case ndjson
    /// RFC 4180 with a header, all rows.
    case csv

    private var contentType: String {
        switch self {
        case .json: "application/json; charset=utf-8"
        case .ndjson: "application/x-ndjson"
        case .csv: "text/csv; charset=utf-8"
        }
    }

    /// A file to be saved under `name` with this format's ending.
    func file(_ name: String, _ buffer: ByteBuffer) -> Response {
        Response(
            status: .ok,
            headers: [
                .contentType: contentType, .contentDisposition: "attachment; filename=\"\(name).\(rawValue)\"",
                .cacheControl: "no-store",
            ],
            body: ResponseBody(byteBuffer: buffer)
        )
    }

    /// All elements as a file of this format; not for `json`.
    func file<Element>(
        _ name: String,
        _ elements: [Element],
        columns: [(name: String, value: (Element) -> String)],
        write: (inout JSONWriter, Element) -> Void
    ) -> Response {
        var buffer = ByteBuffer()
        if self == .csv {
            buffer.writeString(columns.map(\.name).joined(separator: ",") + "\r\n")
            for element in elements {
                buffer.writeString(columns.map { CSVField.written($0.value(element)) }.joined(separator: ",") + "\r\n")
            }
        } else {
            for element in elements {
                var json = JSONWriter()
                write(&json, element)
                buffer.writeImmutableBuffer(json.buffer)
                buffer.writeString("\n")
            }
        }
        return file(name, buffer)
    }
}

extension ExportFormat {
    private typealias Columns<Element> = [(name: String, value: (Element) -> String)]

    // A column that the first version did not have is there only where it says something.

    func programs(_ programs: [Program]) -> Response {
        var columns: Columns<Program> = [
            ("_id", { String($0.id) }), ("name", \.name), ("timeZone", \.timeZone),
            ("acknowledgeWithinSeconds", { $0.acknowledgeWithin.map { String($0.seconds) } ?? "" }),
            ("message", { $0.messageTemplate ?? "" }),
        ]
        if programs.contains(where: { $0.retries != nil }) {
            columns += [
                ("retryTimes", { $0.retries?.times.map { String($0) } ?? "" }),
                ("retryFirstSeconds", { $0.retries?.first.map { String($0.seconds) } ?? "" }),
                ("retryAtMostSeconds", { $0.retries?.atMost.map { String($0.seconds) } ?? "" }),
            ]
        }
        if programs.contains(where: { $0.rules != nil }) {
            columns += ProgramRules.keys.map { key in (key, { Self.rules($0)[key]?.text ?? "" }) }
        }
        return file("programs", programs, columns: columns) { json, program in
            json.beginObject()
            json.programMembers(program)
            json.endObject()
        }
    }

    private static func rules(_ program: Program) -> JSONObject {
        let text = program.rules.map { JournalEncoder.json($0) } ?? "{}"
        return (try? JSON(parsing: ByteBuffer(string: text)))?.objectValue ?? [:]
    }

    func customers(_ customers: [Customer]) -> Response {
        var columns: Columns<Customer> = [
            ("_id", { String($0.id) }), ("name", \.name), ("address", \.address), ("phone", \.phone),
            ("email", \.email), ("programId", { String($0.program) }),
            ("dispatchTypes", { "[\($0.methods.map { String($0.rawValue) }.joined(separator: ","))]" }),
        ]
        if customers.contains(where: { $0.group != nil }) { columns += [("group", { $0.group ?? "" })] }
        return file("customers", customers, columns: columns) { $0.customer($1) }
    }
}
