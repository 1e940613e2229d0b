import Analysis
import Base
import DemandResponse
import DispatchStore
import Foundation
import Simulation
import TestSupport
import Testing

/// A record that is not what was written is never given a verdict.
@Suite struct DamagedRecordTests {
    private let scratch: Scratch

    init() throws { scratch = try Scratch() }

    private enum Came: Equatable { case equal, refused, different }

    private func replay(_ path: String) -> Came {
        do {
            let database = try RunRecord.openUnproven(at: path)
            var replay = try Replay(database, mode: .strict)
            return try replay.run().isEqual ? .equal : .different
        } catch {
            return .refused
        }
    }

    @Test func `a flipped bit anywhere in the file never makes a difference of the decisions`() throws {
        let original = try Data(contentsOf: URL(fileURLWithPath: try Golden.make("run-format-2", in: scratch)))
        var generator = RandomStream(state: 4)
        var refused = 0
        for round in 0..<300 {
            var data = original
            let position = generator.below(data.count)
            data[position] ^= UInt8(1 << generator.below(8))
            let came = replay(try scratch.write(data, to: "flipped-\(round).sqlite"))
            #expect(came != .different, "byte \(position)")
            if came == .refused { refused += 1 }
        }
        // The rest hit free space, or tables that a replay does not read.
        #expect(refused > 60)
    }

    @Test func `a record cut anywhere is refused`() throws {
        let original = try Data(contentsOf: URL(fileURLWithPath: try Golden.make("run-format-2", in: scratch)))
        for tenth in 0..<10 {
            let cut = original.prefix(original.count * tenth / 10)
            #expect(replay(try scratch.write(Data(cut), to: "cut-\(tenth).sqlite")) == .refused, "\(tenth) tenths")
        }
    }

    @Test func `a file that is none of ours is refused`() throws {
        #expect(replay(try scratch.write("name: A scenario\n", to: "scenario.yaml")) == .refused)
        #expect(replay(try scratch.write("", to: "empty.sqlite")) == .refused)
        #expect(replay(scratch.file("nothing.sqlite")) == .refused)
    }
}
