import Base
import DemandResponse
import Testing

@testable import Scenarios

@Suite("Faults")
struct FaultTests {
    private static func reading(_ faults: String) -> Reading<Scenario> {
        Sample.read("expect:", "faults:\n\(faults)\nexpect:")
    }

    @Test("a scenario without the key has none")
    func none() {
        #expect(Sample.read().value?.faults == [])
        #expect(Sample.read("expect:", "faults: []\nexpect:").value?.faults == [])
    }

    @Test("are read in the order of the file, with an id by their place where they have none")
    func everyForm() throws {
        let reading = Self.reading(
            """
              - {at: 21:02, restart: {how: kill, down: 8s}}
              - {id: second, on: {committed: peak}, restart: {how: term, down: 30s}}
              - {on: {acknowledged: peak, nth: 300}, after: 2s, restart: {how: pause, down: 5s}}
              - {on: {committed: peak, nth: 2}, restart: {how: kill, down: 8s, between: [commit, effects]}}
            """
        )
        let scenario = try #require(reading.value, "\(reading.rendered)")
        let faults = scenario.faults
        #expect(faults.map(\.id) == ["fault-1", "second", "fault-3", "fault-4"])
        #expect(
            faults.map(\.trigger) == [
                .at(scenario.starts + .seconds(32 * 60)), .on(Happening(.committed, incident: "peak"), after: .zero),
                .on(Happening(.acknowledged, incident: "peak", nth: 300), after: .seconds(2)),
                .on(Happening(.committed, incident: "peak", nth: 2), after: .zero),
            ]
        )
        #expect(
            faults.map(\.kind) == [
                .restart(Restart(.kill, down: .seconds(8))), .restart(Restart(.term, down: .seconds(30))),
                .restart(Restart(.pause, down: .seconds(5))),
                .restart(Restart(.kill, down: .seconds(8), boundary: .commitAndEffects)),
            ]
        )
        #expect(faults.map(\.location) == (31...34).map { SourceLocation(line: $0, column: 5) })
    }

    @Test(
        "a boundary is two steps, in brackets or without",
        arguments: [
            ("between: commit, effects", Restart.Boundary.commitAndEffects),
            ("between: decision,commit", .decisionAndCommit),
            ("between: [decision, commit]", .decisionAndCommit),
            ("between: \"commit, effects\"", .commitAndEffects),
        ]
    )
    func boundaries(_ line: String, _ boundary: Restart.Boundary) throws {
        let faults = """
              - at: 21:02
                restart:
                  how: kill
                  down: 8s
                  \(line)
            """
        let reading = Self.reading(faults)
        let expected = Fault.Kind.restart(Restart(.kill, down: .seconds(8), boundary: boundary))
        #expect(reading.value?.faults.map(\.kind) == [expected], "\(reading.rendered)")
    }

    @Test("one may wait for what is refused, whether there is such an incident or not")
    func refused() {
        let text = Sample.text("cancel: peak}", "cancel: ghost, refused: unknown-incident}")
            .replacing("expect:", with: "faults: [{on: {refused: ghost}, restart: {how: kill, down: 8s}}]\nexpect:")
        #expect(Sample.read(text).value?.faults.count == 1, "\(Sample.read(text).rendered)")
        let committed = text.replacing("on: {refused", with: "on: {committed")
        #expect(Sample.read(committed).diagnostics.map(\.message) == ["there is no incident 'ghost'"])
    }

    @Test("a restart may begin when the one before it is over, and be over when the run ends")
    func closeTogether() {
        let reading = Self.reading(
            """
              - {at: 22:29, restart: {how: kill, down: 8s}}
              - {at: 2019-08-27T22:29:08.000001, restart: {how: term, down: 51s}}
              - {at: 2019-08-27T22:29:59.5, restart: {how: pause, down: 0.5s}}
            """
        )
        #expect(reading.value?.faults.count == 3, "\(reading.rendered)")
    }

    @Test("what a world cannot do is an error of the file there, at its place")
    func worlds() {
        let reading = Self.reading(
            """
              - {at: 21:02, restart: {how: kill, down: 8s}}
              - {on: {committed: peak}, restart: {how: kill, down: 8s, between: [commit, effects]}}
            """
        )
        #expect(reading.checked(for: .virtual) == reading)
        let live = reading.checked(for: .live)
        #expect(live.value == nil)
        #expect(live.diagnostics.map(\.location) == [SourceLocation(line: 32, column: 5)])
        #expect(live.rendered.contains("sample.yaml:32:5: error: a live run cannot strike between commit and effects"))
        let target = reading.checked(for: .target(speed: 1))
        #expect(target.diagnostics.map(\.location.line) == [31, 32])
        #expect(target.diagnostics.allSatisfy { $0.message == "a run against --target cannot restart the server" })
    }

    @Test("a world asks nothing of a scenario without faults, and adds nothing to a broken one")
    func nothingToCheck() {
        for world in [Scenario.World.virtual, .live, .target(speed: 1)] {
            #expect(Sample.read().checked(for: world) == Sample.read())
            let broken = Sample.read("seed: 7", "seed: x")
            #expect(broken.checked(for: world) == broken)
        }
    }
}
