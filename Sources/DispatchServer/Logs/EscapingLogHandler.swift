internal import Base
public import Logging

/// Hands messages on to a handler that writes them as text, with everything in them escaped that could begin a line or do something
/// to a terminal: names, paths and reasons come from outside.
public struct EscapingLogHandler<Handler: LogHandler>: LogHandler {
    private var handler: Handler

    public init(_ handler: Handler) {
        self.handler = handler
    }

    public var logLevel: Logger.Level {
        get { handler.logLevel }
        set { handler.logLevel = newValue }
    }

    public var metadata: Logger.Metadata {
        get { handler.metadata }
        set { handler.metadata = newValue.mapValues(escaped) }
    }

    public var metadataProvider: Logger.MetadataProvider? {
        get { handler.metadataProvider }
        set { handler.metadataProvider = newValue }
    }

    public subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { handler[metadataKey: key] }
        set { handler[metadataKey: key] = newValue.map(escaped) }
    }

    public func log(event: LogEvent) {
        var event = event
        event.message = "\(event.message.description.escapedForLog)"
        event.metadata = event.metadata?.mapValues(escaped)
        if let error = event.error {
            event.metadata = (event.metadata ?? [:]).merging(["error": .string("\(error)".escapedForLog)]) { $1 }
            event.error = nil
        }
        handler.log(event: event)
    }

    private func escaped(_ value: Logger.MetadataValue) -> Logger.MetadataValue {
        switch value {
        case .string(let text): .string(text.escapedForLog)
        case .stringConvertible(let convertible): .string(convertible.description.escapedForLog)
        case .dictionary(let metadata): .dictionary(metadata.mapValues(escaped))
        case .array(let values): .array(values.map(escaped))
        }
    }
}

extension String {
    /// Control characters, line and paragraph separators and what turns the direction of writing around, as Swift writes them: `\u{1B}`.
    fileprivate var escapedForLog: String {
        escaped { scalar in
            switch scalar.value {
            case ..<0x20, 0x7F...0x9F, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069:
                "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
            default: nil
            }
        }
    }
}
