internal import Foundation

/// Does what keeps a thread busy for long, or blocks it, on a thread of its own: the few that all tasks share stay free.
func workOnThread<Product: Sendable>(_ name: String, _ work: @escaping @Sendable () throws -> Product) async throws
    -> Product
{
    try await withCheckedThrowingContinuation { continuation in
        let thread = Thread { continuation.resume(with: Result(catching: work)) }
        thread.name = name
        thread.stackSize = 8 << 20
        thread.start()
    }
}
