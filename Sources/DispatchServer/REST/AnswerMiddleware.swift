internal import Base
internal import DemandResponse
internal import Journal
internal import HTTPTypes
internal import Hummingbird
internal import Logging
internal import NIOCore
internal import NIOHTTP1

/// Gives every error one shape, every answer a correlation id and the log a line of each; what went wrong inside stays there.
struct AnswerMiddleware: RouterMiddleware {
    typealias Context = APIContext

    let logger: Logger
    let metrics: ServerMetrics
    let methods: AllowedMethods
    /// What a page of another origin may read beside the body (Fetch Standard, "CORS protocol").
    let exposedHeaders: String

    @concurrent
    func handle(
        _ request: Request,
        context: Context,
        next: @concurrent (Request, Context) async throws -> Response
    ) async throws -> Response {
        let began = NIODeadline.now()
        var response: Response
        var context = context
        do {
            context.correlation = try request.keyedCorrelation() ?? context.correlation
            response = try await next(request, context)
        } catch {
            response = apiError(for: error, request, context).response(correlation: context.correlation)
            // An error beside every route; on a route the router sees to it.
            if request.method == .head { response = response.createHeadResponse() }
        }
        response.headers[.correlationID] = context.correlation.description
        if request.headers[.origin] != nil { response.headers[.accessControlExposeHeaders] = exposedHeaders }
        log(request, context, response.status, took: .now() - began)
        return response
    }

    /// Without the query, which may hold names, and without any header.
    private func log(_ request: Request, _ context: Context, _ status: HTTPResponse.Status, took time: TimeAmount) {
        let level: Logger.Level = status.code >= 500 ? .notice : .info
        logger.log(
            level: level,
            "request",
            metadata: [
                "method": "\(request.method.rawValue)",
                "path": "\(request.uri.path.prefix(200))",
                "status": "\(status.code)",
                "milliseconds": "\(time.nanoseconds / 1_000_000)",
                "address": "\(context.address)",
                "correlation": "\(context.correlation)",
            ]
        )
    }

    private func apiError(for error: any Error, _ request: Request, _ context: Context) -> APIError {
        switch error {
        case let error as APIError:
            return error
        case let error as Refusal:
            return APIError(error)
        case let error as StoreError:
            logger.error("storage", metadata: ["error": "\(error)", "correlation": "\(context.correlation)"])
            return APIError(error)
        case let error as HTTPError where error.status == .notFound:
            let allowed = methods.of(request.uri.path)
            guard allowed.isEmpty else { return .methodNotAllowed(request.method, allowed) }
            return .notFound("there is nothing at \(request.method.rawValue) \(request.uri.path)")
        case is HTTPParserError:
            return .invalid("the request did not come whole")
        case let error as any HTTPResponseError:
            if error.status == .contentTooLarge { metrics.exceeded(.body) }
            return APIError(status: error.status, code: "http-\(error.status.code)", message: error.status.reasonPhrase)
        default:
            logger.error("request failed", metadata: ["error": "\(error)", "correlation": "\(context.correlation)"])
            return APIError(status: .internalServerError, code: "internal", message: "something went wrong here")
        }
    }
}

extension HTTPField.Name {
    /// A name of ours, of valid characters: the initializer cannot fail for them.
    static let correlationID = HTTPField.Name("X-Correlation-ID") ?? .via
    static let idempotencyKey = HTTPField.Name("Idempotency-Key") ?? .via
}
