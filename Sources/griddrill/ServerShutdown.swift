internal import DispatchServer
internal import Foundation
internal import Logging
internal import ServiceLifecycle
internal import UnixSignals

/// Runs a server until a signal ends it: the first in order, within a time, and a second one at once.
struct ServerShutdown {
    private let server: DispatchServer
    let services: ServiceGroup
    /// Of the whole time, what the deliveries under way may take.
    private let drainTimeout: Duration
    private let signals: UnixSignalsSequence
    private let say: @Sendable (String) -> Void

    init(
        _ server: DispatchServer,
        within timeout: Duration,
        logger: Logger,
        signals: UnixSignalsSequence,
        say: @escaping @Sendable (String) -> Void
    ) {
        self.server = server
        self.signals = signals
        self.say = say
        // A third of the whole time is for the requests that are under way then: one whose body never comes whole must not hold a
        // shutdown up for longer.
        let closingTimeout = max(.milliseconds(200), timeout / 3)
        drainTimeout = max(.zero, timeout - closingTimeout)
        var configuration = ServiceGroupConfiguration(services: [.init(service: server)], logger: logger)
        configuration.maximumGracefulShutdownDuration = closingTimeout
        services = ServiceGroup(configuration: configuration)
    }

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
