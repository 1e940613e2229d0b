internal import Base
internal import DemandResponse
internal import Journal
internal import HTTPTypes
internal import Hummingbird
internal import SocketIO

/// An answer that is not the one that was hoped for: `{"error": {"code", "message", "details"}}` with a correlation id.
package struct APIError: Error {
    /// What is wrong with one field of a request.
    struct Detail {
        var field: String
        var message: String
        /// Of a file that was sent, from 1.
        var line: Int?

        static let endBeforeStart = Detail(field: "end_time", message: "must be after start_time")
    }

    var status: HTTPResponse.Status
    package private(set) var code: String
    package private(set) var message: String
    var details: [Detail] = []
    /// Of a refusal by rules of the program.
    var limits: LimitRefusal?
    /// Beside those that every answer has.
    var headers: HTTPFields = [:]

    static func invalid(_ message: String, _ details: [Detail] = []) -> APIError {
        APIError(status: .badRequest, code: "invalid-parameters", message: message, details: details)
    }

    static func notFound(_ message: String) -> APIError {
        APIError(status: .notFound, code: "not-found", message: message)
    }

    /// RFC 9110 §15.5.6.
    static func methodNotAllowed(_ method: HTTPRequest.Method, _ allowed: [String]) -> APIError {
        let list = allowed.joined(separator: ", ")
        var error = APIError(
            status: .methodNotAllowed,
            code: "method-not-allowed",
            message: "this path does not take \(method.rawValue), but \(list)"
        )
        error.headers[.allow] = list
        return error
    }

    package static let overloaded = unavailable("overloaded", "too much waits to be handled; try again shortly")

    package static let shuttingDown = unavailable(
        "shutting-down",
        "the server is shutting down and changes nothing any more"
    )

    /// For now: it is worth asking again.
    private static func unavailable(_ code: String, _ message: String) -> APIError {
        APIError(status: .serviceUnavailable, code: code, message: message, retryAfter: 1)
    }

    /// The rules answered another question than was asked: a defect.
    static let wrongAnswer = APIError(
        status: .internalServerError,
        code: "internal",
        message: "something went wrong here"
    )

    /// - Parameter seconds: for `Retry-After` (RFC 9110 §10.2.3); `nil`: asking again would not help.
    init(
        status: HTTPResponse.Status,
        code: String,
        message: String,
        details: [Detail] = [],
        retryAfter seconds: Int64? = nil
    ) {
        self.status = status
        self.code = code
        self.message = message
        self.details = details
        headers[.retryAfter] = seconds.map(String.init)
    }

    init(_ refusal: Refusal) {
        let status: HTTPResponse.Status =
            switch refusal.code {
            case .unknownProgram, .unknownGroup, .unknownIncident, .unknownCustomer, .unknownDispatch: .notFound
            case .againstLimits, .duplicateIncident, .incidentOver, .unknownModification, .neverSent: .conflict
            // A key that was used for another request (draft-ietf-httpapi-idempotency-key-header §2.7).
            case .differentIncident: .unprocessableContent
            case .wrongCustomer: .forbidden
            case .invalidPeriod: .badRequest
            case .notConnected: .gone
            }
        self.init(
            status: status,
            code: refusal.code.rawValue,
            message: refusal.message,
            details: refusal.code == .invalidPeriod ? [Detail(field: "end_time", message: refusal.message)] : []
        )
        limits = refusal.limits
    }

    init(_ error: StoreError) {
        self = .unavailable("storage", "nothing was stored: \(error.plea)")
    }

    /// The body of the answer.
    func json(correlation: UniqueID) -> JSONWriter {
        var json = JSONWriter(capacity: 512)
        json.beginObject()
        json.key("error")
        json.beginObject()
        json.key("code")
        json.string(code)
        json.key("message")
        json.string(message)
        json.key("details")
        json.details(details)
        if let limits { json.limitMembers(limits) }
        json.key("correlationId")
        json.string(correlation.description)
        json.endObject()
        json.endObject()
        return json
    }

    func response(correlation: UniqueID) -> Response {
        var response = Response(json: json(correlation: correlation), status: status)
        response.headers.append(contentsOf: headers)
        return response
    }
}

extension JSONWriter {
    mutating func details(_ details: [APIError.Detail]) {
        beginArray()
        for detail in details {
            beginObject()
            if let line = detail.line {
                key("line")
                integer(line)
            }
            key("field")
            string(detail.field)
            key("message")
            string(detail.message)
            endObject()
        }
        endArray()
    }
}

extension Response {
    /// A body of JSON, named as the first version named it.
    init(json: JSONWriter, status: HTTPResponse.Status = .ok) {
        self.init(
            status: status,
            headers: [.contentType: "application/json; charset=utf-8"],
            body: ResponseBody(byteBuffer: json.buffer)
        )
    }
}
