internal import Base
internal import Foundation
internal import Reports
internal import Simulation
internal import Synchronization

/// How far a suite has come: on one line of the terminal, rewritten ten times a second at most, and for the word at an interruption.
final class SuiteProgress: Sendable {
    private static let interval = 0.1

    private struct State {
        var began = ProcessInfo.processInfo.systemUptime
        /// Of each file how much of the whole it is; all together 1.
        var shares: [String: Double] = [:]
        /// In the order in which they were begun.
        var running: [(path: String, progress: RunProgress)] = []
        /// Of the whole.
        var finished = 0.0
        var finishedRuns = 0
        var dispatches = 0
        var events = 0
        var lastShown = 0.0
        var isShown = false
        var isOver = false
    }

    private let bar: ProgressBar?
    private let state = Mutex(State())

    init(isShown: Bool) {
        bar = isShown ? ProgressBar(style: Terminal.standardError) : nil
    }

    /// A suite begins.
    func began(_ files: [String]) {
        guard bar != nil else { return }
        let sizes = ScenarioFiles.sizes(files)
        let whole = Double(max(sizes.values.reduce(0, +), 1))
        state.withLock { state in
            state = State(shares: sizes.mapValues { Double($0) / whole }, isOver: state.isOver)
        }
    }

    /// The files whose runs have begun and not finished.
    var running: [String] { state.withLock { $0.running.map(\.path) } }

    func began(_ path: String) {
        state.withLock { $0.running.append((path, RunProgress())) }
    }

    func update(_ path: String, _ progress: RunProgress) {
        state.withLock { state in
            guard let index = state.running.firstIndex(where: { $0.path == path }) else { return }
            state.running[index].progress = progress
            show(&state)
        }
    }

    func finished(_ path: String) {
        state.withLock { state in
            guard let index = state.running.firstIndex(where: { $0.path == path }) else { return }
            let progress = state.running.remove(at: index).progress
            state.finished += state.shares[path] ?? 0
            state.finishedRuns += 1
            state.dispatches += progress.dispatches
            state.events += progress.events
        }
    }

    /// Takes the line away, until there is something new to show.
    func hide() { state.withLock { hide(&$0) } }

    /// Takes the line away; nothing is shown any more.
    func end() {
        state.withLock { state in
            hide(&state)
            state.isOver = true
        }
    }

    private func hide(_ state: inout State) {
        if state.isShown { StandardError.write("\r\u{1B}[K") }
        state.isShown = false
    }

    private func show(_ state: inout State) {
        guard let bar, !state.isOver else { return }
        let elapsed = ProcessInfo.processInfo.systemUptime - state.began
        guard elapsed - state.lastShown >= Self.interval else { return }
        state.lastShown = elapsed
        let runs = state.running.map(\.progress)
        let progress = ProgressBar.Progress(
            fraction: state.running.reduce(state.finished) { $0 + $1.progress.fraction * (state.shares[$1.path] ?? 0) },
            finishedRuns: state.shares.count > 1 ? (state.finishedRuns, state.shares.count) : nil,
            dispatchesPerSecond: Double(runs.reduce(state.dispatches) { $0 + $1.dispatches }) / elapsed,
            eventsPerSecond: Double(runs.reduce(state.events) { $0 + $1.events }) / elapsed,
            elapsed: .microseconds(Int64(elapsed * 1_000_000))
        )
        guard let line = bar.line(progress) else { return }
        state.isShown = true
        StandardError.write("\r" + line)
    }
}
