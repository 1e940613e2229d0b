internal import Base
internal import DispatchServer
internal import DispatchStore
internal import NIOCore
internal import Scenarios

/// A live run whose scenario has faults for the server, which is a process of its own then: only a process can be killed.
extension LiveWorld {
    func runServerProcess(
        on eventLoop: any EventLoop,
        _ progress: @escaping @Sendable (RunProgress) -> Void
    ) async throws -> (WorldResult, RunRecord) {
        // Two processes must not have the record open: one of them would not see what the other knows.
        try record.close()
        let node = try LiveNode(scenario, database: record.path, command: options.server, eventLoop: eventLoop)
        do {
            // The grid's time begins when the server can.
            try await node.load()
            let world = LiveWorld(scenario, options: options, makeRules: makeRules, record: record)
            try await node.serve(by: world.clock)
            let driven = try await world.drive(on: eventLoop, progress) { client in
                let plan = LivePlan(
                    scenario,
                    Script(scenario),
                    host: "127.0.0.1",
                    port: node.portNumber,
                    clock: world.clock,
                    client: client,
                    eventLoop: eventLoop,
                    node: node
                )
                node.join(plan)
                return plan
            }
            try await node.leave()
            let record = try RunRecord.reopen(at: record.path)
            return (try world.finish(driven, in: record), record)
        } catch {
            await node.abandon()
            throw error
        }
    }
}
