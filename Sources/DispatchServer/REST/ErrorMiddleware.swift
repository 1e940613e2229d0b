internal import DemandResponse
internal import DispatchStore
internal import HTTPTypes
internal import Hummingbird
internal import Logging

/// Gives every error one shape, and every answer a correlation id; what went wrong inside stays in the log.
struct ErrorMiddleware<Context: RequestContext>: RouterMiddleware {
    let logger: Logger

    @concurrent
    func handle(
        _ request: Request,
        context: Context,
        next: @concurrent (Request, Context) async throws -> Response
    ) async throws -> Response {
        var entropy = SystemRandomNumberGenerator()
        let correlation = UniqueID(using: &entropy)
        var response: Response
        do {
            response = try await next(request, context)
        } catch {
            response = apiError(for: error, request, correlation).response(correlation: correlation)
        }
        if response.headers[.correlationID] == nil { response.headers[.correlationID] = correlation.description }
        return response
    }

    private func apiError(for error: any Error, _ request: Request, _ correlation: UniqueID) -> APIError {
        switch error {
        case let error as APIError:
            return error
        case let error as Refusal:
            return APIError(error)
        case let error as StoreError:
            logger.error("storage", metadata: ["error": "\(error)", "correlation": "\(correlation)"])
            return APIError(error)
        case let error as HTTPError where error.status == .notFound:
            return .notFound("there is nothing at \(request.method.rawValue) \(request.uri.path)")
        case let error as any HTTPResponseError:
            return APIError(status: error.status, code: "http-\(error.status.code)", message: error.status.reasonPhrase)
        default:
            logger.error("request failed", metadata: ["error": "\(error)", "correlation": "\(correlation)"])
            return APIError(status: .internalServerError, code: "internal", message: "something went wrong here")
        }
    }
}

extension HTTPField.Name {
    /// A name of ours, of valid characters: the initializer cannot fail for them.
    static let correlationID = HTTPField.Name("X-Correlation-ID") ?? .via
    static let idempotencyKey = HTTPField.Name("Idempotency-Key") ?? .via
}
