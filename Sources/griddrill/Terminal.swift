internal import Foundation
internal import DemandResponse
internal import Reports
internal import Synchronization

/// The terminal that this process was started in.
enum Terminal {
    static let standardOutput = style(of: STDOUT_FILENO)
    static let standardError = style(of: STDERR_FILENO)
    static let showsProgress = isatty(STDERR_FILENO) == 1

    private static func style(of descriptor: Int32) -> TerminalStyle {
        var size = winsize()
        let knowsSize = ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0
        return TerminalStyle.detect(
            environment: ProcessInfo.processInfo.environment,
            isTerminal: isatty(descriptor) == 1,
            width: knowsSize ? Int(size.ws_col) : nil
        )
    }
}

/// Rewrites one line of the terminal with how far a run has come, ten times a second at most.
final class ProgressLine: Sendable {
    private static let interval = 0.1

    private struct State {
        var last = 0.0
        var isShown = false
        var isOver = false
    }

    private let bar = ProgressBar(style: Terminal.standardError)
    private let began = ProcessInfo.processInfo.systemUptime
    private let state = Mutex(State())

    func show(fraction: Double, dispatches: Int, events: Int) {
        state.withLock { state in
            let elapsed = ProcessInfo.processInfo.systemUptime - began
            guard !state.isOver, elapsed - state.last >= Self.interval else { return }
            state.last = elapsed
            let progress = ProgressBar.Progress(
                fraction: fraction,
                dispatchesPerSecond: Double(dispatches) / elapsed,
                eventsPerSecond: Double(events) / elapsed,
                elapsed: .microseconds(Int64(elapsed * 1_000_000))
            )
            guard let line = bar.line(progress) else { return }
            state.isShown = true
            StandardError.write("\r" + line)
        }
    }

    /// Takes the line away; nothing is shown any more.
    func clear() {
        state.withLock { state in
            if state.isShown { StandardError.write("\r\u{1B}[K") }
            state.isShown = false
            state.isOver = true
        }
    }
}
