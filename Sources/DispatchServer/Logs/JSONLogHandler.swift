internal import Base
internal import Foundation
public import Logging
internal import NIOCore
internal import SocketIO

/// Writes log messages as JSON Lines: `{"time":…,"level":…,"message":…,"metadata":{…}}`, each with one call, so that lines of
/// different threads never mix.
public struct JSONLogHandler: LogHandler {
    public var logLevel = Logger.Level.info
    public var metadata: Logger.Metadata = [:]
    public var metadataProvider: Logger.MetadataProvider?

    private let clock = WallClock()
    private let write: @Sendable (String) -> Void

    /// - Parameter write: takes one line with its end.
    public init(write: @escaping @Sendable (String) -> Void = JSONLogHandler.standardError) {
        self.write = write
    }

    public subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    public func log(event: LogEvent) {
        var all = metadata
        if let provided = metadataProvider?.get() { all.merge(provided) { $1 } }
        if let own = event.metadata { all.merge(own) { $1 } }
        if let error = event.error { all["error"] = "\(error)" }
        var json = JSONWriter(capacity: 256)
        json.beginObject()
        json.key("time")
        json.string(clock.now().iso8601)
        json.key("level")
        json.string(event.level.rawValue)
        json.key("message")
        json.string(event.message.description)
        json.key("metadata")
        json.value(JSON(all))
        json.endObject()
        write(String(buffer: json.buffer) + "\n")
    }

    /// Where logs go, with the other words for whoever runs the server.
    public static let standardError: @Sendable (String) -> Void = { line in
        var line = line
        line.withUTF8 { bytes in
            // A log that cannot be written is nothing to stop for.
            _ = Foundation.write(STDERR_FILENO, bytes.baseAddress, bytes.count)
        }
    }
}

extension JSON {
    /// In the order of the keys.
    fileprivate init(_ metadata: Logger.Metadata) {
        var object: JSONObject = [:]
        for (key, value) in metadata.sorted(by: { $0.key < $1.key }) { object[key] = JSON(value) }
        self = .object(object)
    }

    private init(_ value: Logger.MetadataValue) {
        switch value {
        case .string(let text): self = .string(text)
        case .stringConvertible(let convertible): self = .string(convertible.description)
        case .dictionary(let metadata): self = JSON(metadata)
        case .array(let values): self = .array(values.map { JSON($0) })
        }
    }
}
