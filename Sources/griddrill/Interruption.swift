@preconcurrency internal import Dispatch  // its sources are not marked Sendable
internal import Foundation

/// Ends the process at SIGINT and SIGTERM as a shell would say it, with 130 and 143, after a word about the runs that are given up.
///
/// A handler of our own also where a default one would end the process as well: the progress line is cleared, and process 1 of a
/// container has no default handlers.
final class Interruption: Sendable {
    private let progress: SuiteProgress
    private let sources: [any DispatchSourceSignal]

    init(_ progress: SuiteProgress) {
        self.progress = progress
        sources = [SIGINT, SIGTERM].map { number in
            signal(number, SIG_IGN)
            return DispatchSource.makeSignalSource(signal: number, queue: .global(qos: .userInteractive))
        }
        for (source, number) in zip(sources, [SIGINT, SIGTERM]) {
            source.setEventHandler { [self] in end(128 + number) }
            source.resume()
        }
    }

    private func end(_ status: Int32) -> Never {
        progress.end()
        let running = progress.running
        let given =
            switch running.count {
            case 0: ""
            case 1: "\(running[0]): "
            default: running.joined(separator: ", ") + ": "
            }
        let loss =
            switch running.count {
            case 0: ""
            case 1: "; this run has no record"
            default: "; these runs have no record"
            }
        StandardError.write("griddrill: \(given)interrupted\(loss)\n")
        fflush(nil)
        // The threads of the runs are still at work: nothing is torn down under them.
        _exit(status)
    }
}
