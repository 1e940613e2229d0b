public import DemandResponse
public import Journal
internal import NIOConcurrencyHelpers

/// Numbers requests and hands each its answer, once.
public final class AnswerDesk: Sendable {
    public typealias Handler = @Sendable (Result<Answer, StoreError>) -> Void

    private struct Waiting {
        var next: Int64 = 1
        var handlers: [RequestID: Handler] = [:]
    }

    private let waiting = NIOLockedValueBox(Waiting())

    public init() {}

    /// A new request; `handler` is called with its answer on the thread that gives it.
    public func expect(_ handler: @escaping Handler) -> RequestID {
        waiting.withLockedValue { waiting in
            let request = RequestID(waiting.next)
            waiting.next += 1
            waiting.handlers[request] = handler
            return request
        }
    }

    /// For a request whose input was not taken: `body` runs, unless the answer came after all.
    public func cancel(_ request: RequestID, _ body: () -> Void) {
        if waiting.withLockedValue({ $0.handlers.removeValue(forKey: request) }) != nil { body() }
    }

    func answer(_ request: RequestID, _ answer: Result<Answer, StoreError>) {
        let handler = waiting.withLockedValue { $0.handlers.removeValue(forKey: request) }
        handler?(answer)
    }
}
