internal import Foundation
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
