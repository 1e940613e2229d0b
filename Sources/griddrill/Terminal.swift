internal import Foundation
internal import Reports

/// The terminal that this process was started in.
enum Terminal {
    static let standardOutput = style(of: STDOUT_FILENO)
    static let standardError = style(of: STDERR_FILENO)
    static let showsProgress = isatty(STDERR_FILENO) == 1

    /// Empties the screen, where standard output is one, and its scrollback (ECMA-48, ED 2 and CUP; xterm's ED 3).
    static func clear() {
        guard isatty(STDOUT_FILENO) == 1, standardOutput.hasColour else { return }
        print("\u{1B}[H\u{1B}[2J\u{1B}[3J", terminator: "")
        fflush(nil)
    }

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
