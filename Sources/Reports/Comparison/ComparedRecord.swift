internal import Analysis
public import DispatchStore
public import Journal
internal import Measures

/// What a comparison needs of a record.
public struct ComparedRecord: Sendable {
    public let path: String
    public internal(set) var header: RunHeader
    let ledger: Ledger
    private let overall: Breakdown.Group
    private let lag: Population

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
        overall = Breakdown(history).overall
        lag = Measurements(history).latencies(.dispatchLag)
    }

    func population(_ latency: Latency) -> Population {
        switch latency {
        case .delivery: overall.delivery
        case .acknowledgement: overall.acknowledgement
        case .confirmation: overall.confirmation
        case .dispatchLag: lag
        }
    }
}
