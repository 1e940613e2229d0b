internal import Analysis
public import DispatchStore
public import Journal
internal import Measures

/// What a comparison needs of a record.
public struct ComparedRecord: Sendable {
    public let path: String
    public internal(set) var header: RunHeader
    let ledger: Ledger
    private let incidents: [(name: String, group: Breakdown.Group)]
    private let lags: [(incident: String, population: Population)]

    /// Reads a record that is there. One of a run that was broken off is refused: it says nothing.
    public init(path: String) throws(StoreError) {
        let record = try RunRecord.open(at: path)
        defer { try? record.close() }
        guard let header = try record.readRun() else {
            throw StoreError(.failed, path: path, "this is a server's database, not the record of a run")
        }
        guard header.verdict != nil else {
            throw StoreError(.failed, path: path, "its run was broken off; run it again")
        }
        self.path = path
        self.header = header
        ledger = try Ledger(record: record)
        let history = try record.readHistory()
        incidents = Breakdown(history).incidents.map {
            (history.names[$0.number] ?? "incident \($0.number)", $0.group)
        }
        lags = history.script.enumerated().compactMap { index, step in
            history.dispatchLag(of: step).map { ("step \(index + 1)", Population([$0])) }
        }
    }

    /// What was measured, by incident; the lag of each of the script's steps is one by itself.
    func populations(_ latency: Latency) -> [(incident: String, population: Population)] {
        let measured: [(incident: String, population: Population)] =
            switch latency {
            case .delivery: incidents.map { ($0.name, $0.group.delivery) }
            case .acknowledgement: incidents.map { ($0.name, $0.group.acknowledgement) }
            case .confirmation: incidents.map { ($0.name, $0.group.confirmation) }
            case .dispatchLag: lags
            }
        return measured.filter { $0.population.count > 0 }
    }
}
