internal import DispatchServer
internal import Foundation
internal import ServiceLifecycle
internal import UnixSignals

/// Runs a server until a signal ends it: the first in order, within a time, and a second one at once.
struct ServerShutdown {
    let server: DispatchServer
    let services: ServiceGroup
    /// Of the whole time, what the deliveries under way may take.
    let drainTimeout: Duration
    let signals: UnixSignalsSequence
    let say: @Sendable (String) -> Void

    /// A third of the whole time is for the requests that are under way then.
    static func closingTimeout(within timeout: Duration) -> Duration { max(.milliseconds(200), timeout / 3) }

    func run() async throws {
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await services.run() }
            tasks.addTask { await watch() }
            // The services end first: signals never do.
            try await tasks.next()
            tasks.cancelAll()
        }
    }

    private func watch() async {
        await withTaskGroup(of: Void.self) { tasks in
            var isDraining = false
            for await signal in signals {
                guard !isDraining else {
                    say("ended at once")
                    fflush(nil)
                    // Whatever is committed is on the disk; nothing else is worth waiting for.
                    _exit(128 + (signal == .sigint ? SIGINT : SIGTERM))
                }
                isDraining = true
                say("shutting down; the same signal again ends it at once")
                tasks.addTask {
                    await server.drain(within: drainTimeout)
                    await services.triggerGracefulShutdown()
                }
            }
        }
    }
}
