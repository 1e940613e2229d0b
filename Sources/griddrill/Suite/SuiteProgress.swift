internal import Base
internal import Foundation
internal import Reports
internal import Simulation
internal import Synchronization

/// How far a suite has come: on one line of the terminal, rewritten ten times a second at most, or without a terminal in a line every
/// ten seconds; and for the word at an interruption.
final class SuiteProgress: Sendable {
    /// Where it is shown.
    enum Place {
        case nowhere
        /// On one line, which is rewritten.
        case terminal
        /// In a log, where every line stays.
        case log

        fileprivate var interval: Double { self == .log ? 10 : 0.1 }
    }

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
        var lastShown = 0.0
        var isShown = false
        var isOver = false
    }

    private let place: Place
    private let bar = ProgressBar(style: Terminal.standardError)
    private let state = Mutex(State())

    init(_ place: Place) {
        self.place = place
    }

    /// A suite begins.
    func began(_ files: [String]) {
        guard place != .nowhere else { return }
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
        guard place != .nowhere, !state.isOver else { return }
        let elapsed = ProcessInfo.processInfo.systemUptime - state.began
        guard elapsed - state.lastShown >= place.interval else { return }
        state.lastShown = elapsed
        let runs = state.running.map(\.progress)
        let progress = ProgressBar.Progress(
            fraction: state.running.reduce(state.finished) { $0 + $1.progress.fraction * (state.shares[$1.path] ?? 0) },
            finishedRuns: state.shares.count > 1 ? (state.finishedRuns, state.shares.count) : nil,
            dispatchesPerSecond: Double(runs.reduce(state.dispatches) { $0 + $1.dispatches }) / elapsed,
            elapsed: .microseconds(Int64(elapsed * 1_000_000)),
            running: state.running.map(\.path)
        )
        if place == .log {
            StandardError.write("griddrill: \(bar.words(progress))\n")
        } else if let line = bar.line(progress) {
            state.isShown = true
            StandardError.write("\r" + line)
        }
    }
}
