internal import Foundation
internal import DemandResponse
internal import Reports

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
///
/// `@unchecked`: a run reports its progress from one thread at a time.
final class ProgressLine: @unchecked Sendable {
    private static let interval = 0.1

    private let bar = ProgressBar(style: Terminal.standardError)
    private let began = ProcessInfo.processInfo.systemUptime
    private var last = 0.0
    private var isShown = false

    func show(fraction: Double, dispatches: Int, events: Int) {
        let elapsed = ProcessInfo.processInfo.systemUptime - began
        guard elapsed - last >= Self.interval else { return }
        last = elapsed
        let progress = ProgressBar.Progress(
            fraction: fraction,
            dispatchesPerSecond: Double(dispatches) / elapsed,
            eventsPerSecond: Double(events) / elapsed,
            elapsed: .microseconds(Int64(elapsed * 1_000_000))
        )
        guard let line = bar.line(progress) else { return }
        isShown = true
        StandardError.write("\r" + line)
    }

    func clear() {
        if isShown { StandardError.write("\r\u{1B}[K") }
    }
}
