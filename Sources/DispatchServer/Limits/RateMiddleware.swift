internal import Hummingbird
internal import NIOConcurrencyHelpers
internal import NIOCore
internal import SocketIO

/// Refuses the requests of an address that asks for too much (RFC 6585 §4), before anything is looked up for them.
struct RateMiddleware: RouterMiddleware {
    typealias Context = APIContext

    private let rates: NIOLockedValueBox<RequestRates>
    private let metrics: ServerMetrics

    init(_ limit: RateLimit, metrics: ServerMetrics) {
        rates = NIOLockedValueBox(RequestRates(limit, at: .now()))
        self.metrics = metrics
    }

    @concurrent
    func handle(
        _ request: Request,
        context: Context,
        next: @concurrent (Request, Context) async throws -> Response
    ) async throws -> Response {
        // A supervisor that is told to come back later would take the server for dead.
        if ["/health", "/ready"].contains(request.uri.path) { return try await next(request, context) }
        let isChange = request.method != .get && request.method != .head && request.method != .options
        let wait = rates.withLockedValue { $0.take(context.address, isChange: isChange, at: .now()) }
        guard let wait else { return try await next(request, context) }
        metrics.exceeded(.requests)
        throw APIError(
            status: .tooManyRequests,
            code: "too-many-requests",
            message: "too many requests come from this address; try again in \(wait.wholeSecondsUp) s",
            retryAfter: wait.wholeSecondsUp
        )
    }
}

extension TimeAmount {
    /// At least 1, for `Retry-After`.
    fileprivate var wholeSecondsUp: Int64 { max(1, (nanoseconds + 999_999_999) / 1_000_000_000) }
}
