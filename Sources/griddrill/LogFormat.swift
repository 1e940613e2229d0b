internal import ArgumentParser
internal import DispatchServer
internal import Logging

/// How the log is written on standard error.
enum LogFormat: String, ExpressibleByArgument, CaseIterable {
    case text
    /// JSON Lines.
    case json

    func bootstrap() {
        switch self {
        case .text: LoggingSystem.bootstrap { EscapingLogHandler(StreamLogHandler.standardError(label: $0)) }
        case .json: LoggingSystem.bootstrap { _ in JSONLogHandler() }
        }
    }

    /// Says something that is said whatever the log's level: where the server listens, or why it does not.
    func say(_ text: String, _ level: Logger.Level = .notice) {
        switch self {
        case .text: StandardError.write("griddrill: \(text)\n")
        case .json:
            var logger = Logger(label: "griddrill")
            logger.logLevel = level
            logger.log(level: level, "\(text)")
        }
    }
}
