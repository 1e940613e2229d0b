import Dispatch
import Testing

@testable import DispatchServer

@Suite struct ReadingLaneTests {
    @Test func `who is one too many is told at once, and other lanes notice nothing`() async throws {
        let lane = ReadingLane(threads: 1, mostWaiting: 2)
        let other = ReadingLane(threads: 1, mostWaiting: 0)
        let gate = DispatchSemaphore(value: 0)
        let (begun, begin) = AsyncStream.makeStream(of: Void.self)
        try await withThrowingTaskGroup(of: Int.self) { group in
            for number in 0..<3 {
                group.addTask {
                    try await lane.run {
                        if number == 0 { begin.yield() }
                        gate.wait()
                        return number
                    }
                }
                // The first one is at work before the others come.
                if number == 0 { for await _ in begun { break } }
            }
            // Those that wait may have asked later than this: whoever is refused then is one of them.
            var refused = 0
            group.addTask { try await lane.run { 3 } }
            #expect(try await other.run { 7 } == 7)
            while refused == 0 {
                do { _ = try await group.next() } catch is ReadingLane.Full { refused += 1 }
            }
            for _ in 0..<3 { gate.signal() }
            var done = 0
            while try await group.next() != nil { done += 1 }
            #expect(done == 3)
        }
        #expect(try await lane.run { 8 } == 8, "there is room again")
    }

    @Test func `what a reading throws comes through`() async {
        struct Trouble: Error {}
        await #expect(throws: Trouble.self) {
            try await ReadingLane(threads: 1, mostWaiting: 0).run { throw Trouble() }
        }
    }
}
