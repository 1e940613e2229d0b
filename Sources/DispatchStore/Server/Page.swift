/// A part of a list: rows in the list's order, and whether more follow.
public struct Page<Row: Sendable>: Sendable {
    public var rows: [Row]
    public var hasMore: Bool

    /// - Parameter rows: one more than the limit, if there are as many.
    init(_ rows: [Row], limit: Int) {
        self.rows = Array(rows.prefix(limit))
        hasMore = rows.count > limit
    }
}
