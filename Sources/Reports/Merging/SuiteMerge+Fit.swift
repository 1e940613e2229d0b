internal import Base
internal import DispatchStore

extension SuiteMerge {
    typealias Shard = (folder: String, shard: SuiteShard)

    /// Those that are shards: all of them, or none.
    static func shards(of indexes: [SuiteIndex]) throws(SuiteMergeError) -> [Shard] {
        let shards: [Shard] = indexes.compactMap { index in index.shard.map { (index.folder, $0) } }
        guard let first = shards.first else { return [] }
        if let whole = indexes.first(where: { $0.shard == nil }) {
            throw SuiteMergeError(
                "\(first.folder) is shard \(first.shard.label) of a suite and \(whole.folder) is a whole one: join either kind"
            )
        }
        var folders: [Int: String] = [:]
        for (folder, shard) in shards {
            guard shard.count == first.shard.count else {
                throw SuiteMergeError(
                    "\(first.folder) is shard \(first.shard.label) and \(folder) is shard \(shard.label): "
                        + "all must be shards of one suite"
                )
            }
            guard shard.suite == first.shard.suite else {
                let odd = Set(shard.suite).symmetricDifference(first.shard.suite).sorted().first
                throw SuiteMergeError(
                    "\(first.folder) and \(folder) are shards of different suites: "
                        + (odd.map { "only one of them has \($0)" } ?? "their scenarios were named in different orders")
                )
            }
            if let other = folders.updateValue(folder, forKey: shard.number) {
                throw SuiteMergeError("\(other) and \(folder) are both shard \(shard.label): name each shard once")
            }
        }
        return shards
    }

    /// Which of the shards are not there, in words; `nil`: all are.
    static func missing(_ shards: [SuiteShard]) -> String? {
        guard let count = shards.first?.count else { return nil }
        let numbers = Set(1...count).subtracting(shards.map(\.number)).sorted()
        switch numbers.count {
        case 0: return nil
        case 1: return "shard \(numbers[0])/\(count) is missing"
        default: return "shards \(numbers.map { "\($0)/\(count)" }.joined(separator: ", ")) are missing"
        }
    }

    /// Each scenario once, by its path.
    static func scenarios(
        of indexes: [SuiteIndex]
    ) throws(SuiteMergeError) -> [String: (index: SuiteIndex, scenario: SuiteIndex.Scenario)] {
        var found: [String: (index: SuiteIndex, scenario: SuiteIndex.Scenario)] = [:]
        var owners: [String: String] = [:]
        for index in indexes {
            for scenario in index.scenarios {
                let name = RunHeader.folderName(ofScenarioAt: scenario.path)
                if let other = owners.updateValue(index.folder, forKey: name) {
                    throw SuiteMergeError(
                        "\(name) was run in \(other) and in \(index.folder): "
                            + (index.shard == nil
                                ? "a suite has each scenario once"
                                : "were the scenarios shared out with different --durations?")
                    )
                }
                found[scenario.path] = (index, scenario)
            }
        }
        return found
    }

    /// From the first run's start to the last one's end.
    static func wallDuration(_ entries: [SuiteSummary.Entry]) -> Span? {
        let headers = entries.compactMap { if case .run(let run) = $0 { run.header } else { nil } }
        guard let began = headers.map(\.wallStartedAt).min(), let ended = headers.compactMap(\.wallFinishedAt).max()
        else {
            return nil
        }
        return ended - began
    }
}
