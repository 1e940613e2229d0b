internal import DemandResponse
internal import DispatchStore
internal import Journal

extension ReplayFinding {
    /// How many inputs are shown that led to the first difference.
    private static let mostInputs = 10

    /// Counts the differences, puts together those that say the same, and finds out what led to the first.
    mutating func conclude(
        _ differences: [ReplayDifference],
        of database: DispatchDatabase,
        messages: [Int64: String]
    ) throws(StoreError) {
        for difference in differences {
            if difference.isConsequence {
                counts[difference.kind, default: DifferenceCount()].consequences += 1
            } else {
                counts[difference.kind, default: DifferenceCount()].own += 1
            }
        }
        let own = differences.filter { !$0.isConsequence }
        var grouping = Grouping<Sameness, ReplayDifference>()
        for difference in own { grouping.add(difference, to: Sameness(difference)) }
        groups = grouping.groups.map { DifferenceGroup($0.elements) }
        guard let first = own.first else { return }
        self.first = FirstDifference(
            difference: first,
            messages: try Self.messages(of: first, in: database, replayed: messages),
            inputs: try database.readInputs(
                leadingTo: first.sequence,
                incident: first.row.incident,
                customer: first.row.customer,
                limit: Self.mostInputs
            )
        )
    }

    private static func messages(
        of difference: ReplayDifference,
        in database: DispatchDatabase,
        replayed: [Int64: String]
    ) throws(StoreError) -> [Int64: String] {
        var texts: [Int64: String] = [:]
        for row in [difference.recorded, difference.replayed].compactMap(\.self) {
            guard let digest = row.digest, let incident = row.incident, texts[digest] == nil else { continue }
            texts[digest] = replayed[digest]
            if texts[digest] == nil { texts[digest] = try database.readMessage(digest: digest, incident: incident) }
        }
        return texts
    }
}

/// What differences have in common that say the same of several customers, methods or incidents.
private struct Sameness: Hashable {
    let kind: ReplayDifference.Kind
    let row: JournalKind
    let state: JournalState?
    let fields: [String]

    init(_ difference: ReplayDifference) {
        let row = difference.row
        kind = difference.kind
        self.row = row.kind
        // A delivery that is missing is one thing if it failed and another if it was withdrawn.
        state = row.kind == .deliveryRecorded ? row.state : nil
        fields = difference.kind == .changed ? difference.fields.map(Self.words) : []
    }

    /// Messages and names differ from one to the next; what becomes of them does not.
    private static func words(_ field: (name: JournalRow.Field.Name, recorded: String?, replayed: String?)) -> String {
        switch field.name {
        case .state, .audience, .timeliness:
            "\(field.name.rawValue) \(field.recorded ?? "") \(field.replayed ?? "")"
        default: field.name.rawValue
        }
    }
}

extension DifferenceGroup {
    /// - Parameter differences: one at least.
    fileprivate init(_ differences: [ReplayDifference]) {
        let rows = differences.map(\.row)
        let customers = Set(rows.compactMap(\.customer)).sorted()
        self.init(
            first: differences[0],
            count: differences.count,
            customers: Array(customers.prefix(Self.mostNamed)),
            customerCount: customers.count,
            incidents: Set(rows.compactMap(\.incident)).sorted(),
            methods: Set(rows.compactMap(\.method)).sorted { $0.rawValue < $1.rawValue }
        )
    }
}
