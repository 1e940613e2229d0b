internal import Base
internal import AsyncHTTPClient
internal import DemandResponse
internal import DispatchServer
internal import DispatchStore
internal import Journal
internal import NIOConcurrencyHelpers
internal import NIOCore
internal import Scenarios

/// A live run against a server that runs elsewhere: its clients and its timeline are this run's, its rules, its carriers and its
/// clock are its own. The script's times are told to it by the machine's clock; the record keeps the grid's, as that of any run. What it
/// decided is read over REST, once before each change of an incident and once at the end.
extension LiveWorld {
    func run(
        against address: TargetServer.Address,
        on eventLoop: any EventLoop,
        _ progress: @escaping @Sendable (RunProgress) -> Void
    ) async throws -> WorldResult {
        var configuration = HTTPClient.Configuration()
        configuration.redirectConfiguration = .disallow
        let client = HTTPClient(eventLoopGroupProvider: .shared(eventLoop), configuration: configuration)
        let target = TargetServer(address: address, client: client, gridTime: clock.pace.instant)
        let result: Result<WorldResult, any Error>
        do {
            result = .success(try await run(against: target, on: eventLoop, progress))
        } catch {
            result = .failure(error)
        }
        try await client.shutdown()
        return try result.get()
    }

    private func run(
        against target: TargetServer,
        on eventLoop: any EventLoop,
        _ progress: @escaping @Sendable (RunProgress) -> Void
    ) async throws -> WorldResult {
        let pace = clock.pace
        let script = Script(scenario, target: Script.Target(run: pace.start.iso8601, time: pace.wall))
        let roster = try await target.roster(of: scenario.roster)
        let earlier = NIOLockedValueBox<[TargetSnapshot]>([])
        let driven = try await drive(on: eventLoop, progress) { client in
            LivePlan(
                scenario,
                script,
                host: target.address.host,
                port: target.address.port,
                token: target.address.token,
                clock: clock,
                client: client,
                eventLoop: eventLoop,
                beforeChange: { incident in
                    guard let snapshot = try await target.snapshot(of: incident) else { return }
                    earlier.withLockedValue { $0.append(snapshot) }
                }
            )
        }
        var entries = [
            JournalEntry(
                input: .rosterReplaced(roster, nil),
                at: scenario.starts,
                effects: [.record(.roster(roster))]
            )
        ]
        let steps = driven.ending.script.steps
        for (index, step) in steps.filter({ $0.kind == .incident }).enumerated() {
            let incident = script.id(of: step.name)
            guard let last = try await target.snapshot(of: incident) else { continue }
            let before = earlier.withLockedValue { $0.filter { $0.incident == incident } }
            // A cancellation, a recall, or a change that was refused, makes no modification: each is told once, as it was last seen.
            let snapshots =
                zip(before, before.dropFirst() + [last]).filter { $0.modification < $1.modification }.map(\.0) + [last]
            let closings = steps.filter { ($0.kind == .cancel || $0.kind == .recall) && $0.name == step.name }
            let closedAt = closings.compactMap(\.committedAt).first
            for snapshot in snapshots { entries += snapshot.entries(number: index + 1, closedAt: closedAt) }
        }
        // Stable: entries of the same instant stay in the order in which they were told.
        let ordered = entries.enumerated().sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }
        try ServerDatabase(serving: record).commit(ordered.map(\.element))
        return try finish(driven, in: record)
    }
}
