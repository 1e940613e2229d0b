public import Base
internal import Foundation

/// What the last run of a scenario came to, by its `summary.json`.
public struct SummaryIndex: Sendable {
    public let status: RunStatus
    /// Of the scenario's text.
    public let scenarioSHA256: String
    /// On the wall's clock.
    public let startedAt: Timestamp

    /// `nil` where there is no such file, or none that can be read.
    /// - Parameter folder: the run's own.
    public init?(folder: String) {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        guard let data = FileManager.default.contents(atPath: folder + "/summary.json"),
            let stored = try? decoder.decode(Stored.self, from: data),
            let status = RunStatus(rawValue: stored.exitStatus),
            let startedAt = ZonedTime.timestamp(stored.wallStartedAt, zone: "UTC")
        else { return nil }
        self.status = status
        scenarioSHA256 = stored.scenarioSha256
        self.startedAt = startedAt
    }

    private struct Stored: Decodable {
        var exitStatus: Int32
        var scenarioSha256: String
        var wallStartedAt: String
    }
}
