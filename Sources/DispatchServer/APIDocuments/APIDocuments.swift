internal import HTTPTypes
internal import Hummingbird

/// The descriptions of the API that clients and their tools read: the files beside this one, as they are.
enum APIDocuments {
    /// REST, by OpenAPI 3.1 (https://spec.openapis.org/oas/v3.1.0).
    static let openAPI = PackageResources.openapi_json
    /// The events of Socket.IO, by AsyncAPI 3.0 (https://www.asyncapi.com/docs/reference/specification/v3.0.0).
    static let asyncAPI = PackageResources.asyncapi_json
}

extension DispatchAPI {
    func addDocuments(to router: Router<Context>) {
        router.get("/openapi.json") { _, _ in Self.document(APIDocuments.openAPI) }
        router.get("/asyncapi.json") { _, _ in Self.document(APIDocuments.asyncAPI) }
    }

    private static func document(_ bytes: [UInt8]) -> Response {
        Response(
            status: .ok,
            headers: [.contentType: "application/json; charset=utf-8", .cacheControl: "no-cache"],
            body: ResponseBody(byteBuffer: .init(bytes: bytes))
        )
    }
}
