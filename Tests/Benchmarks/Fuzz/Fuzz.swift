internal import Foundation
internal import TestSupport

/// Random conversations, generated with the protocols' structure in mind and then damaged, with whatever reads what strangers send.
/// Ends at the first that does not hold; its seed repeats it.
struct Fuzz {
    /// For each target.
    let inputs: Int
    let seed: UInt64

    /// What the process may grow by between a tenth of the inputs and all of them.
    private static let mostGrowthBytes = 32_000_000

    func measure() throws -> Table {
        var table = Table(
            "Fuzzing, seed \(seed)",
            ["target", "inputs", "conversations", "s", "inputs/s", "grew MB"]
        )
        for target in FuzzTarget.allCases { table.add(try row(target)) }
        return table
    }

    private func row(_ target: FuzzTarget) throws -> [String] {
        let began = ContinuousClock.now
        var count = 0
        var conversations: UInt64 = 0
        var bytes: Int?
        while count < inputs {
            let seed = seed &+ conversations
            do {
                count += try target.run(seed: seed)
            } catch {
                throw BenchmarkError("\(target.rawValue), --inputs 1 --seed \(seed): \(error)")
            }
            conversations += 1
            if bytes == nil, count >= inputs / 10 { bytes = ProcessMemory.residentBytes }
        }
        let growth = ProcessMemory.residentBytes - (bytes ?? 0)
        guard growth <= Self.mostGrowthBytes else {
            throw BenchmarkError("\(target.rawValue), --inputs \(inputs) --seed \(seed): grew by \(growth) bytes")
        }
        let seconds = (ContinuousClock.now - began) / .seconds(1)
        return [
            target.rawValue, "\(count)", "\(conversations)", seconds.text(1), (Double(count) / seconds).text(0),
            (Double(growth) / 1_000_000).text(1),
        ]
    }
}
