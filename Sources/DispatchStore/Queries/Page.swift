/// A part of a list: rows in the list's order, and whether more follow.
public struct Page<Row: Sendable>: Sendable {
    public var rows: [Row]
    public var hasMore: Bool

    /// - Parameter rows: one more than the limit, if there are as many.
    init(_ rows: [Row], limit: Int) {
        self.rows = Array(rows.prefix(limit))
        hasMore = rows.count > limit
    }

    private init(rows: [Row], hasMore: Bool) {
        self.rows = rows
        self.hasMore = hasMore
    }

    public func map<Other: Sendable>(_ body: (Row) -> Other) -> Page<Other> {
        Page<Other>(rows: rows.map(body), hasMore: hasMore)
    }
}
