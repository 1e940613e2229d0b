public import Base
internal import Foundation

/// What an earlier suite came to, by the `suite.json` in the folder of its reports.
public struct SuiteIndex: Sendable {
    public struct Scenario: Sendable {
        public let name: String
        public let path: String
        public let statuses: [RunStatus]
        public let dispatches: Int?
        public let wallDuration: Span?
        /// As it was named by the run; `nil` of a scenario that has no record.
        public let recordPath: String?
        /// Why it has none.
        public let message: String?

        public var status: RunStatus { RunStatus.combined(statuses) }
    }

    public let folder: String
    public let shard: SuiteShard?
    public let scenarios: [Scenario]

    /// The file's path in a folder of reports.
    public static func path(in folder: String) -> String { folder + "/suite.json" }

    public init(folder: String) throws(SuiteIndexError) {
        let path = Self.path(in: folder)
        guard FileManager.default.fileExists(atPath: path) else {
            throw SuiteIndexError(
                path: path,
                reason: "there is no such file: is \(folder) what --reports named for a run?"
            )
        }
        let data: Data
        do {
            data = try Data(contentsOf: URL(fileURLWithPath: path))
        } catch {
            throw SuiteIndexError(path: path, reason: "cannot be read: \(error.localizedDescription)")
        }
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        // The version first: nothing else is known of what a newer one looks like.
        let version = try? decoder.decode(Stored.Version.self, from: data).version
        if let version, version > SuiteDocument.version {
            throw SuiteIndexError(
                path: path,
                reason: "was written by a newer GridDrill (version \(version)); read it with that one"
            )
        }
        guard version == SuiteDocument.version, let stored = try? decoder.decode(Stored.self, from: data) else {
            throw SuiteIndexError(path: path, reason: "is damaged or cut short; run its scenarios again")
        }
        self.folder = folder
        shard = stored.shard
        scenarios = stored.scenarios.map(\.scenario)
    }
}

/// Why a suite's index is of no use, for the person who named its folder.
public struct SuiteIndexError: Error, Sendable, CustomStringConvertible {
    public let path: String
    public let reason: String

    public var description: String { "\(path): \(reason)" }
}

/// The file's own shape; see ``SuiteDocument``.
private struct Stored: Decodable {
    struct Version: Decodable {
        var version: Int
    }

    struct Status: Decodable {
        var code: Int32
    }

    struct Scenario: Decodable {
        var name: String
        var path: String
        var statuses: [Status]
        var dispatches: Int?
        var wallMicroseconds: Int64?
        var recordPath: String?
        var message: String?

        var scenario: SuiteIndex.Scenario {
            SuiteIndex.Scenario(
                name: name,
                path: path,
                statuses: statuses.map { RunStatus(rawValue: $0.code) ?? .internalError },
                dispatches: dispatches,
                wallDuration: wallMicroseconds.map(Span.init(microseconds:)),
                recordPath: recordPath,
                message: message
            )
        }
    }

    var shard: SuiteShard?
    var scenarios: [Scenario]
}
