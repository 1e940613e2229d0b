internal import Base
internal import DemandResponse
internal import DispatchServer
internal import Foundation
internal import NIOCore
internal import Scenarios

/// The server of a live run that faults strike: a process of its own, which is killed, stopped or paused and comes back, on the same
/// port and the same database, through the recovery that `serve` begins with.
///
/// The process of its next life is started as soon as the one before has ended, and waits for its setup until it is due: loading the
/// program is not what a scenario's `down` is about.
///
/// `@unchecked`: used on one event loop alone, its run's.
final class LiveNode: @unchecked Sendable {
    private enum State {
        /// Its process is there, or soon will be, and has not been given its setup.
        case loading
        /// It recovers, and does not serve yet.
        case starting
        case running
        case paused
        /// It was killed.
        case dying
        /// It was told to end in order. So long after it has, it comes back.
        case stopping(down: Span)
        /// The run is over.
        case leaving(inOrder: Bool)
        /// It has ended for good, or is given up.
        case over
    }

    /// Beyond the patience with a process, as long as `griddrill serve` takes at most to end in order.
    private static let drainTimeout = Duration.seconds(10)

    private let scenario: Scenario
    private let database: String
    private let command: ServerProcess
    private let eventLoop: any EventLoop
    private let port: ReservedPort
    private weak var plan: LivePlan?
    private var clock: WallClock?
    private var state = State.loading
    private var process: NodeLife?
    /// Which life it is in, from 1.
    private(set) var life = 0
    private var hasSaidHello = false
    /// When it is to serve again, by the grid's clock.
    private var returnsAt: Timestamp?
    private var isDue = false
    /// Numbers what the process is given time for.
    private var expectations = 0
    private let loaded: EventLoopPromise<Void>
    private let served: EventLoopPromise<Void>
    private let left: EventLoopPromise<Void>

    init(
        _ scenario: Scenario,
        database: String,
        command: ServerProcess,
        eventLoop: any EventLoop
    ) throws(RunError) {
        self.scenario = scenario
        self.database = database
        self.command = command
        self.eventLoop = eventLoop
        port = try ReservedPort()
        loaded = eventLoop.makePromise()
        served = eventLoop.makePromise()
        left = eventLoop.makePromise()
    }

    var portNumber: Int { port.number }

    /// Whether it can be asked, though the answer may take its time.
    var takesRequests: Bool {
        switch state {
        case .running, .paused: true
        case .loading, .starting, .dying, .stopping, .leaving, .over: false
        }
    }

    /// Whether something is still going to happen to it.
    var isAway: Bool {
        switch state {
        case .running, .leaving, .over: false
        case .loading, .starting, .paused, .dying, .stopping: true
        }
    }
}

// MARK: - What the run asks of it

extension LiveNode {
    /// Starts the first process; returns when it is ready for its setup.
    func load() async throws {
        try await eventLoop.flatSubmit { [self] in
            beginLife()
            expect(within: command.patience, orElse: "did not start")
            return loaded.futureResult
        }.get()
    }

    /// Returns when it serves.
    func serve(by clock: WallClock) async throws {
        try await eventLoop.flatSubmit { [self] in
            self.clock = clock
            due()
            return served.futureResult
        }.get()
    }

    /// From now on it has this plan's carriers and faults.
    func join(_ plan: LivePlan) { eventLoop.execute { [self] in self.plan = plan } }

    /// Does what a fault says.
    /// - Returns: false when it is not there to be struck.
    func strike(_ restart: Restart) -> Bool {
        guard case .running = state, let process, let clock else { return false }
        switch restart.how {
        case .kill:
            state = .dying
            returnsAt = clock.now() + restart.down
            process.signal(SIGKILL)
            expect(within: command.patience, orElse: "did not end when it was killed")
        case .term:
            state = .stopping(down: restart.down)
            process.signal(SIGTERM)
            expect(within: command.patience + Self.drainTimeout, orElse: "did not end when it was told to")
        case .pause:
            state = .paused
            process.signal(SIGSTOP)
            let down = clock.pace.wallSpan(restart.down)
            eventLoop.scheduleTask(in: .microseconds(down.microseconds)) { [self] in resume(process) }
        }
        return true
    }

    private func resume(_ paused: NodeLife) {
        guard case .paused = state, paused === process else { return }
        paused.signal(SIGCONT)
        state = .running
        plan?.nodeChanged()
    }

    /// The run is over: returns when the server has ended, in order if it was there.
    func leave() async throws {
        try await eventLoop.flatSubmit { [self] in
            switch state {
            case .running, .paused:
                state = .leaving(inOrder: true)
                process?.signal(SIGCONT)
                process?.tell(.end)
            case .stopping: state = .leaving(inOrder: true)
            case .loading, .starting, .dying:
                state = .leaving(inOrder: false)
                process?.signal(SIGKILL)
            case .leaving, .over: break
            }
            expect(within: command.patience + Self.drainTimeout, orElse: "did not end with the run")
            return left.futureResult
        }.get()
    }

    /// The run is broken off: returns when no process is left.
    func abandon() async {
        try? await eventLoop.flatSubmit { [self] in
            breakOff(RunError("the run was broken off"))
            return process?.gone ?? eventLoop.makeSucceededVoidFuture()
        }.get()
    }
}

// MARK: - Its lives

extension LiveNode {
    private func beginLife() {
        state = .loading
        life += 1
        hasSaidHello = false
        isDue = false
        do {
            let process = try NodeLife.start(
                command,
                on: eventLoop,
                onNotice: { [unowned self] in heard($1, from: $0) },
                onMistake: { [unowned self] in fail("wrote what no server says to a run: \($0)") }
            )
            self.process = process
            process.ended.whenComplete { [self] result in
                switch result {
                case .success(let ending): ended(ending)
                case .failure(let error): breakOff(error)
                }
            }
        } catch {
            breakOff(error)
        }
    }

    /// It is to serve now, as soon as its process can.
    private func due() {
        guard case .loading = state else { return }
        isDue = true
        expect(within: command.patience, orElse: "did not serve")
        beginServing()
    }

    private func beginServing() {
        guard case .loading = state, isDue, hasSaidHello, let clock, let process else { return }
        state = .starting
        process.tell(
            .begin(
                setup: NodeSetup(
                    database: database,
                    port: port.number,
                    pace: clock.pace,
                    pingInterval: scenario.server.pingInterval,
                    pingTimeout: scenario.server.pingTimeout,
                    roster: life == 1 ? scenario.roster : nil,
                    awaited: plan?.awaited ?? FaultSchedule(scenario.faults).awaited
                )
            )
        )
    }

    private func heard(_ notice: NodeNotice, from process: NodeLife) {
        switch notice {
        case .hello(let version):
            guard version == NodeProtocol.version else {
                return fail("is of another build: it speaks version \(version), not \(NodeProtocol.version)")
            }
            hasSaidHello = true
            loaded.succeed()
            if life == 1 { metExpectation() }
            beginServing()
        case .serving:
            guard case .starting = state else { return }
            state = .running
            metExpectation()
            served.succeed()
            plan?.nodeChanged()
        case .handed(let message, let outgoing):
            plan?.hand(outgoing) { process.tell(.reported(message: message, outcome: $0)) }
        case .happened(let occurrences):
            plan?.happened(occurrences)
            if case .dying = state { return }
            process.tell(.goOn)
        }
    }

    private func ended(_ ending: NodeLife.Ending) {
        switch state {
        case .loading, .starting, .running, .paused: fail("ended by itself, \(ending)")
        case .dying: comeBack()
        case .stopping(let down):
            guard ending.isInOrder else { return fail("did not end in order, but \(ending)") }
            returnsAt = clock.map { $0.now() + down }
            comeBack()
        case .leaving(let inOrder):
            guard ending.isInOrder || !inOrder else { return fail("did not end in order, but \(ending)") }
            state = .over
            metExpectation()
            left.succeed()
        case .over: break
        }
    }

    private func comeBack() {
        metExpectation()
        beginLife()
        guard let clock, let returnsAt else { return }
        let life = life
        eventLoop.scheduleTask(in: .microseconds(clock.wait(until: returnsAt).microseconds)) { [self] in
            if life == self.life { due() }
        }
    }
}

// MARK: - When it does not do what it is to do

extension LiveNode {
    /// Gives the process time for one thing, and no longer for the one before.
    private func expect(within patience: Duration, orElse complaint: String) {
        expectations += 1
        let expectation = expectations
        eventLoop.scheduleTask(in: TimeAmount(patience)) { [self] in
            if expectation == expectations { fail("\(complaint) within \(patience.components.seconds) s") }
        }
    }

    private func metExpectation() { expectations += 1 }

    private func fail(_ complaint: String) {
        let saidLast = process?.saidLast ?? ""
        let words = saidLast.isEmpty ? "it said nothing" : "it last said:\n\(saidLast)"
        breakOff(RunError("the server, a process of this run's, \(complaint); \(words)"))
    }

    private func breakOff(_ error: any Error) {
        if case .over = state { return }
        state = .over
        metExpectation()
        process?.signal(SIGKILL)
        loaded.fail(error)
        served.fail(error)
        left.fail(error)
        plan?.nodeChanged(error)
    }
}
