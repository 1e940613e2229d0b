internal import HTTPTypes
internal import Hummingbird

extension DispatchAPI {
    /// `/` is the operator's page for a browser and one line of text for every other client.
    func addConsole(to router: Router<Context>) {
        router.get("/") { request, _ -> Response in
            guard request.headers[.accept]?.contains("text/html") ?? false else {
                return Response(
                    status: .ok,
                    headers: [.contentType: "text/plain; charset=utf-8", .vary: "Accept"],
                    body: ResponseBody(byteBuffer: .init(string: "GridDrill dispatcher is running\n"))
                )
            }
            return ConsoleFile.page.response(to: request)
        }
        router.get("/console/:file") { request, context in
            guard let name = context.parameters.get("file"), let file = ConsoleFile.all[name] else {
                throw APIError.notFound("the console has no such file")
            }
            return file.response(to: request)
        }
    }
}
