/// Figures in columns, ready to be pasted into a note.
struct Table {
    let title: String
    let columns: [String]
    private var rows: [[String]] = []

    init(_ title: String, _ columns: [String]) {
        self.title = title
        self.columns = columns
    }

    mutating func add(_ row: [String]) { rows.append(row) }

    func print() {
        let widths = columns.indices.map { column in
            ([columns] + rows).map { $0[column].count }.max() ?? 0
        }
        func line(_ cells: [String]) -> String {
            zip(cells, widths).enumerated().map { index, cell in
                let blanks = String(repeating: " ", count: cell.1 - cell.0.count)
                return index == 0 ? cell.0 + blanks : blanks + cell.0
            }.joined(separator: "  ")
        }
        Swift.print("\n\(title)\n\(line(columns))")
        for row in rows { Swift.print(line(row)) }
    }
}

extension [Double] {
    var median: Double {
        let ordered = sorted()
        guard let last = ordered.indices.last else { return .nan }
        return (ordered[last / 2] + ordered[(last + 1) / 2]) / 2
    }
}

extension Double {
    /// With a fixed number of decimals.
    func text(_ decimals: Int) -> String {
        let scale = (0..<decimals).reduce(1.0) { product, _ in product * 10 }
        let scaled = Int64((self * scale).rounded())
        guard decimals > 0 else { return "\(scaled)" }
        let whole = scaled / Int64(scale)
        let rest = String(scaled % Int64(scale))
        return "\(whole).\(String(repeating: "0", count: decimals - rest.count))\(rest)"
    }
}
