internal import Base
internal import Reports
internal import Scenarios

/// The files that each scenario of a suite is made of, and what was seen of them last.
///
/// They are looked at again and again rather than watched by the kernel: that sees files that editors replace, works on every file
/// system, and costs some microseconds a file.
struct WatchedFiles {
    private static let interval = Duration.milliseconds(200)
    /// How often files that keep changing are looked at before they are taken as they are.
    private static let mostLooks = 10

    struct Changes {
        /// The scenarios that are there and of whose files one has changed, in the order of the list.
        var touched: [String]
        var gone: [String]
    }

    private struct Look: Equatable {
        /// The scenario's own file first.
        var paths: [String]
        var stamps: [FileStamp?]

        init(at paths: [String]) {
            self.paths = paths
            stamps = paths.map(FileStamp.init)
        }

        /// The scenario's own file is.
        var isThere: Bool { (stamps.first ?? nil) != nil }
    }

    /// Lists the scenarios, which may come and go.
    private let list: () -> [String]
    private var seen: [String: Look] = [:]

    init(list: @escaping () -> [String]) {
        self.list = list
    }

    var count: Int { seen.count { $1.isThere } }

    /// Notes the files as they are now: what is written later, even while the scenario runs, is a change.
    mutating func note(_ scenario: String) {
        // The stamps are older than the contents, never younger.
        var look = Look(at: [ScenarioPath(scenario).file, ApprovedLedger(ofScenarioAt: scenario).path])
        let companions = Look(at: ScenarioReader.read(path: scenario).companions)
        look.paths += companions.paths
        look.stamps += companions.stamps
        seen[scenario] = look
    }

    /// Waits until something has changed and the files rest again.
    mutating func changes() async throws -> Changes {
        var last: [String: Look] = [:]
        var looks = 0
        while true {
            try await Task.sleep(for: Self.interval)
            let scenarios = list()
            let now = Dictionary(scenarios.map { ($0, Look(at: seen[$0]?.paths ?? [ScenarioPath($0).file])) }) {
                first,
                _ in first
            }
            guard now != seen else { continue }
            looks += 1
            guard now == last || looks == Self.mostLooks else {
                last = now
                continue
            }
            defer { seen = now }
            return Changes(
                touched: scenarios.filter { now[$0] != seen[$0] && now[$0]?.isThere == true },
                gone: seen.filter { $1.isThere && now[$0]?.isThere != true }.keys.sorted()
            )
        }
    }
}
