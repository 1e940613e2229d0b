@preconcurrency internal import Dispatch  // its sources are not marked Sendable
internal import Foundation
internal import Synchronization

/// Ends the process at SIGINT and SIGTERM as a shell would say it, with 130 and 143, after a word about the run that is given up.
///
/// A handler of our own also where a default one would end the process as well: the progress line is cleared, and process 1 of a
/// container has no default handlers.
final class Interruption: Sendable {
    private struct Given: Sendable {
        var file: String
        var line: ProgressLine?
    }

    private let running = Mutex<Given?>(nil)
    private let sources: [any DispatchSourceSignal]

    init() {
        sources = [SIGINT, SIGTERM].map { number in
            signal(number, SIG_IGN)
            return DispatchSource.makeSignalSource(signal: number, queue: .global(qos: .userInteractive))
        }
        for (source, number) in zip(sources, [SIGINT, SIGTERM]) {
            source.setEventHandler { [self] in end(128 + number) }
            source.resume()
        }
    }

    /// Says what is being run, from now until `finished`.
    func began(_ file: String, _ line: ProgressLine?) {
        running.withLock { $0 = Given(file: file, line: line) }
    }

    func finished() {
        running.withLock { $0 = nil }
    }

    private func end(_ status: Int32) -> Never {
        running.withLock { running in
            running?.line?.clear()
            if let running {
                StandardError.write("griddrill: \(running.file): interrupted; this run has no record\n")
            } else {
                StandardError.write("griddrill: interrupted\n")
            }
            fflush(nil)
            // The threads of the run are still at work: nothing is torn down under them.
            _exit(status)
        }
    }
}
