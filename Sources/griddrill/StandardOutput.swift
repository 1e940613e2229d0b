@preconcurrency internal import Foundation  // `stdout` is a variable there
internal import Reports

enum StandardOutput {
    /// Has the process end with an error, whatever its status would have been, if not all of its output could be written: `print`
    /// does not tell, nor do help and completion scripts that the argument parser prints.
    static func failLoudly() {
        atexit {
            errno = 0
            guard fflush(stdout) != 0 || ferror(stdout) != 0 else { return }
            // Whoever closed a pipe has read enough, and knows.
            if errno != EPIPE {
                let reason = errno == 0 ? "is the disk full?" : String(cString: strerror(errno))
                StandardError.write("griddrill: standard output: cannot be written: \(reason)\n")
            }
            _exit(RunStatus.internalError.rawValue)
        }
    }
}
