internal import Hummingbird
internal import NIOCore
internal import SocketIO

extension RequestBody {
    /// All of it in memory, as far as there is a budget for what is unfinished.
    /// - Parameters:
    ///   - memory: `nil`: as much as the limit says.
    ///   - address: who sends it.
    /// - Throws: `APIError` when there is no budget left, `HTTPError` 413 when it is too long.
    func collect(upTo limit: Int, holding memory: MemoryBudget?, of address: String) async throws -> ByteBuffer {
        guard let memory else { return try await collect(upTo: limit) }
        let claim = MemoryClaim(on: memory, of: address)
        defer { withExtendedLifetime(claim) {} }
        var body = ByteBuffer()
        for try await chunk in self {
            guard body.readableBytes + chunk.readableBytes <= limit else { throw HTTPError(.contentTooLarge) }
            body.writeImmutableBuffer(chunk)
            guard claim.hold(body.storageCapacity) else { throw APIError.tooMuchUnfinished }
        }
        return body
    }
}

extension APIError {
    static let tooMuchUnfinished = APIError(
        status: .serviceUnavailable,
        code: "too-much-unfinished",
        message: "too many requests are on their way; send this one again later, at once",
        retryAfter: 5
    )
}
