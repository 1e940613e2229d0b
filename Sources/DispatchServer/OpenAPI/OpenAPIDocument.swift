internal import HTTPTypes
internal import Hummingbird

/// The description of the API that clients read: `openapi.json` beside this file, as it is.
enum OpenAPIDocument {
    /// OpenAPI 3.1 (https://spec.openapis.org/oas/v3.1.0).
    static let bytes = PackageResources.openapi_json
}

extension DispatchAPI {
    func addDocument(to router: Router<Context>) {
        router.get("/openapi.json") { _, _ in
            Response(
                status: .ok,
                headers: [.contentType: "application/json; charset=utf-8", .cacheControl: "no-cache"],
                body: ResponseBody(byteBuffer: .init(bytes: OpenAPIDocument.bytes))
            )
        }
    }
}
