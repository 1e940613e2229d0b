internal import Base
internal import Journal
internal import HTTPTypes
internal import Hummingbird
internal import NIOCore

/// A file of the operator's page. All of them are in the binary, so that the page is there wherever the server is.
struct ConsoleFile: Sendable {
    let contentType: String
    private let body: ByteBuffer
    /// Of the content, so that a browser asks again at each load and is mostly told that nothing changed.
    private let entityTag: String

    private init(_ contentType: String, _ bytes: [UInt8]) {
        self.contentType = contentType
        body = ByteBuffer(bytes: bytes)
        entityTag =
            "\"\(String(UInt64(bitPattern: contentDigest(of: String(decoding: bytes, as: UTF8.self))), radix: 16))\""
    }

    static let page = ConsoleFile("text/html; charset=utf-8", PackageResources.index_html)

    /// What the page asks for, by name: `/console/NAME`.
    static let all: [String: ConsoleFile] = {
        let scripts: [(String, [UInt8])] = [
            ("api", PackageResources.api_js), ("audit", PackageResources.audit_js),
            ("chart", PackageResources.chart_js), ("connection", PackageResources.connection_js),
            ("customer", PackageResources.customer_js), ("customers", PackageResources.customers_js),
            ("dom", PackageResources.dom_js), ("forms", PackageResources.forms_js),
            ("incident", PackageResources.incident_js), ("main", PackageResources.main_js),
            ("programs", PackageResources.programs_js), ("realtime", PackageResources.realtime_js),
            ("store", PackageResources.store_js), ("time", PackageResources.time_js),
            ("token", PackageResources.token_js),
        ]
        var files = [
            "console.css": ConsoleFile("text/css; charset=utf-8", PackageResources.console_css),
            "icon.svg": ConsoleFile("image/svg+xml", PackageResources.icon_svg),
        ]
        for (name, bytes) in scripts { files["\(name).js"] = ConsoleFile("text/javascript; charset=utf-8", bytes) }
        return files
    }()

    /// Nothing from elsewhere, nothing inline, and no frame around the page (Content Security Policy Level 3).
    private static let policy = """
        default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; \
        base-uri 'none'; form-action 'none'; frame-ancestors 'none'
        """

    func response(to request: Request) -> Response {
        var headers: HTTPFields = [
            .contentType: contentType, .eTag: entityTag, .cacheControl: "no-cache", .vary: "Accept",
            .contentSecurityPolicy: Self.policy, .xContentTypeOptions: "nosniff",
        ]
        if request.headers[.ifNoneMatch] == entityTag {
            headers[.contentType] = nil
            return Response(status: .notModified, headers: headers)
        }
        return Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: body))
    }
}
