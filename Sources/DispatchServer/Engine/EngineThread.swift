internal import Base
internal import DemandResponse
internal import Foundation

/// Drives a node's engine on a thread of its own, on the machine's clock: takes the inputs that wait, and wakes up when something
/// falls due.
final class EngineThread: Sendable {
    /// Also when nothing happens, a clock that is set is noticed so soon, and what falls due by it.
    private static let longestWait = Span.seconds(1)
    /// How many effects a turn may have before those who came meanwhile get theirs: some ten milliseconds' worth.
    private static let mostWork = 4_096

    private let node: DispatchNode
    private let clock: WallClock
    private let stopped = DispatchGroup()

    init(_ node: DispatchNode, clock: WallClock) {
        self.node = node
        self.clock = clock
    }

    /// Starts the thread; the first input is `.started`.
    func start() {
        node.start()
        stopped.enter()
        let thread = Thread { [self] in
            run()
            stopped.leave()
        }
        thread.name = "dispatcher"
        thread.stackSize = 4 << 20
        thread.start()
    }

    /// Handles what was submitted before, then ends the thread and waits for that.
    func stop() {
        node.inbox.close()
        stopped.wait()
    }

    private func run() {
        let engine = node.engine
        while true {
            let wait = min(engine.wait(on: clock) ?? Self.longestWait, Self.longestWait)
            let orders: [Order]
            switch node.inbox.take(waitingAtMost: wait) {
            case .orders(let taken): orders = taken
            case .nothing: orders = []
            case .closed: return
            }
            let (now, step) = clock.turn()
            if let step { engine.clockWasSet(by: step) }
            node.inbox.putBack(engine.turn(orders, at: now, mostWork: Self.mostWork))
        }
    }
}
