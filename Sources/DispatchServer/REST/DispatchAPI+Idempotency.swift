internal import Base
internal import DemandResponse
internal import DispatchStore
internal import HTTPTypes
internal import Hummingbird
internal import Journal
internal import NIOConcurrencyHelpers

/// Changes that come with an `Idempotency-Key` (draft-ietf-httpapi-idempotency-key-header): asked for again with the same key, by a
/// client that has lost the answer, a change is not made again.
///
/// The journal is what remembers: a key belongs to a method and a path, the correlation of a request derives from them, and the journal
/// holds it with the change, in one transaction. So a key is good for ever, also across restarts. A change that was refused leaves
/// its key free.
extension DispatchAPI {
    /// - Parameters:
    ///   - again: answers for a change that was made earlier under this key.
    ///   - change: makes it.
    func once(
        _ request: Request,
        _ context: Context,
        again: (JournaledChange) async throws -> Response,
        change: () async throws -> Response
    ) async throws -> Response {
        guard request.headers[.idempotencyKey] != nil else { return try await change() }
        return try await keys.alone(context.correlation) {
            if let earlier = try await reading({ try database.readChange(context.correlation) }) {
                return try await again(earlier)
            }
            return try await change()
        }
    }
}

extension Request {
    private static let longestKey = 255

    /// The correlation of a request that has a key; `nil`: it has none.
    /// - Throws: 400 for a key that is none.
    func keyedCorrelation() throws(APIError) -> UniqueID? {
        guard let key = headers[.idempotencyKey], method != .get, method != .head, method != .options else {
            return nil
        }
        guard (1...Self.longestKey).contains(key.utf8.count) else {
            throw .invalid(
                "INVALID PARAMETERS",
                [.init(field: "Idempotency-Key", message: "must have from 1 to \(Self.longestKey) characters")]
            )
        }
        let path = uri.path.split(separator: "/").joined(separator: "/")
        return UniqueID(
            name: "\(method.rawValue) /\(path) \(key)",
            in: UniqueID(high: 0x6772_6964_6472_696C, low: 0x6C2E_7265_7175_6573)
        )
    }
}

extension JournaledChange {
    /// - Throws: 422 for another request under the same key (§2.7 of the draft).
    func check(isFor input: (DemandResponse.RequestID) -> Input) throws(APIError) {
        let wanted = JournalEncoder().row(for: input(RequestID(0)), correlation: nil, at: row.at)
        guard wanted.kind == row.kind, wanted.state == row.state, wanted.detail == row.detail else {
            throw APIError(
                status: .unprocessableContent,
                code: "different-request",
                message: "this Idempotency-Key was used for another request: use a new one"
            )
        }
    }
}

/// The keys of requests that are being answered: one that is sent a second time meanwhile is refused (§2.6 of the draft).
final class KeysUnderWay: Sendable {
    private let taken = NIOLockedValueBox<Set<UniqueID>>([])

    func alone<Value>(_ key: UniqueID, _ body: () async throws -> Value) async throws -> Value {
        guard taken.withLockedValue({ $0.insert(key).inserted }) else {
            throw APIError(
                status: .conflict,
                code: "request-under-way",
                message: "a request with this Idempotency-Key is being handled; try again shortly"
            )
        }
        defer { taken.withLockedValue { _ = $0.remove(key) } }
        return try await body()
    }
}
