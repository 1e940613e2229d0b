internal import Base
public import DispatchStore

/// The rosters that a server's database had, for a terminal.
public struct EarlierRosterTable: Sendable {
    private let rosters: [EarlierRoster]
    private let style: TerminalStyle

    public init(_ rosters: [EarlierRoster], style: TerminalStyle) {
        self.rosters = rosters
        self.style = style
    }

    /// Ends in a line feed.
    public var text: String {
        guard !rosters.isEmpty else { return "There has been no roster yet.\n" }
        var table = TextTable(gap: 2, indent: 0)
        table.rows.append(["id", "from", "programs", "customers", ""].map { TextTable.Cell($0, .dim) })
        for roster in rosters {
            table.rows.append([
                TextTable.Cell(String(roster.id)), TextTable.Cell(roster.at.iso8601),
                TextTable.Cell(String(roster.programCount)), TextTable.Cell(String(roster.customerCount)),
                TextTable.Cell(roster.isCurrent ? "the present one" : "", .green),
            ])
        }
        return table.lines(style).joined(separator: "\n") + "\n"
    }
}
