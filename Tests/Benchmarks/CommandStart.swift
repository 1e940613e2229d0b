internal import TestSupport

/// From the command to its exit, with next to nothing to do.
struct CommandStart {
    let command: Command
    let scratch: Scratch
    let times: Int

    func measure() throws -> Table {
        var table = Table("A small scenario, from the command to its exit", ["scenario", "s", "CPU s"])
        for path in ["scenarios/seed.yaml", "scenarios/evening-peak.yaml"] {
            let costs = try (0..<max(times, 10)).map { _ in
                try command.run(["run", "--quiet", "--reports", scratch.file("start"), path])
            }
            table.add([path, costs.map(\.wallSeconds).median.text(3), costs.map(\.processorSeconds).median.text(3)])
        }
        return table
    }
}
