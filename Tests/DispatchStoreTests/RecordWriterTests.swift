import Base
import DemandResponse
import DispatchStore
import Journal
import TestSupport
import Testing

@Suite struct RecordWriterTests {
    private let scratch: Scratch

    init() throws { scratch = try Scratch() }

    private static func received(_ number: Int) -> Observation {
        var observation = Observation(
            at: Rehearsal.start + .microseconds(Int64(number)),
            .received,
            customer: number,
            session: 1
        )
        observation.incident = 1
        observation.method = .some(.websocket)
        observation.modification = 0
        return observation
    }

    @Test func moreThanAllBatchesHoldIsWrittenInTheOrderInWhichItCame() throws {
        let database = try RunRecord.create(at: scratch.file())
        let count = 50_000
        try RecordWriter(database).finishing { writer in
            for number in 1...count { writer.append(Self.received(number)) }
        }
        #expect(try database.number("SELECT count(*) FROM observations") == count)
        #expect(try database.number("SELECT count(*) FROM observations WHERE sequence <> customer") == 0)
    }

    @Test func nothingAppendedIsAnEmptyRecord() throws {
        let database = try RunRecord.create(at: scratch.file())
        try RecordWriter(database).finish()
        #expect(try database.number("SELECT count(*) FROM journal") == 0)
    }

    @Test func aFullDiskIsToldAtTheEndAndNothingIsKept() throws {
        let database = try RunRecord.create(at: scratch.file())
        let pages = try #require(try database.onWriter("PRAGMA page_count"))
        try database.execute("PRAGMA max_page_count = \(pages + 10)")
        let error = #expect(throws: StoreError.self) {
            try RecordWriter(database).finishing { writer in
                for number in 1...200_000 { writer.append(Self.received(number)) }
            }
        }
        #expect(error?.code == .full)
        #expect(try database.number("SELECT count(*) FROM observations") == 0)
    }

    @Test func equalRunsMakeEqualTables() throws {
        let dumps = try ["a.sqlite", "b.sqlite"].map { name in
            let database = try RunRecord.create(at: scratch.file(name))
            var rehearsal = Rehearsal()
            rehearsal.join(1, 1, at: .seconds(1))
            rehearsal.open(at: .seconds(2))
            rehearsal.acknowledge(1, .text, session: 1, at: .seconds(5))
            rehearsal.handle(.deadlineReached, at: .hours(2))
            try RecordWriter(database).finishing { writer in
                writer.commit(rehearsal.entries)
                for number in 1...3_000 { writer.append(Self.received(number)) }
            }
            try database.write([ScriptStep(kind: .incident, name: "peak", dueAt: Rehearsal.start, incident: 1)])
            return try database.dump()
        }
        #expect(dumps[0] == dumps[1])
        #expect(dumps[0].count > 3_000)
    }

    @Test func whatAClientSawIsWrittenColumnByColumn() throws {
        let database = try RunRecord.create(at: scratch.file())
        var observation = Self.received(2)
        observation.digest = contentDigest(of: "words")
        observation.detail = "detail"
        var withoutMethod = Observation(at: Rehearsal.start, .told, customer: 3, session: 4)
        withoutMethod.method = .some(nil)
        try RecordWriter(database).finishing { writer in
            writer.append(observation)
            writer.append(withoutMethod)
            writer.append(Observation(at: Rehearsal.start, .connected, customer: 3, session: 5))
        }
        let start = Rehearsal.start.microseconds
        #expect(
            try database.rows("SELECT * FROM observations") == [
                "1 \(start + 2) received 2 1 1 websocket 0 \(contentDigest(of: "words")) detail",
                "2 \(start) told 3 4 NULL  NULL NULL NULL",
                "3 \(start) connected 3 5 NULL NULL NULL NULL NULL",
            ]
        )
    }

    @Test func theHeaderAndTheFindingsComeBackAsTheyWereWritten() throws {
        let database = try RunRecord.create(at: scratch.file())
        var header = RunHeader(
            name: "Evening peak",
            description: "One customer offline",
            path: "scenarios/peak.yaml",
            scenario: "name: Evening peak\n",
            scenarioSHA256: "abc",
            seed: .max,
            world: .live,
            speed: 60,
            version: "1.0",
            repeatCommand: "griddrill run scenarios/peak.yaml --seed 7",
            startsAt: Rehearsal.start,
            endsAt: Rehearsal.start + .hours(2),
            wallStartedAt: Rehearsal.start,
            environment: RunEnvironment(
                processor: "Z80",
                cores: 1,
                memoryBytes: 65_536,
                system: "CP/M 2.2",
                build: "release",
                compiler: "Swift 6.3"
            )
        )
        try database.write(header)
        #expect(try database.readRun() == header)
        header.verdict = .violated
        header.wallDuration = .milliseconds(840)
        header.wallFinishedAt = Rehearsal.start + .milliseconds(840)
        try database.write(header)
        #expect(try database.readRun() == header)

        let script = [
            ScriptStep(
                kind: .incident,
                name: "peak",
                dueAt: Rehearsal.start,
                incident: 1,
                committedAt: Rehearsal.start
            ),
            ScriptStep(kind: .cancel, name: "peak", dueAt: Rehearsal.start, refusal: "over"),
        ]
        try database.write(script)
        #expect(try database.readScript() == script)

        let findings = [
            ExpectationFinding(line: 40, text: "dispatches == 4", observed: "4", held: true),
            ExpectationFinding(line: 41, text: "late == 0", observed: "", held: false, explanation: "no samples"),
        ]
        let violation = CheckFinding.Violation(at: Rehearsal.start, message: "twice")
        let checks = [
            CheckFinding(number: 1, name: "Coverage", examined: 9, violationCount: 0, violations: []),
            CheckFinding(number: 2, name: "No phantom", examined: 5, violationCount: 7, violations: [violation]),
        ]
        try database.write(findings, checks)
        #expect(try database.readExpectations() == findings)
        #expect(try database.readChecks() == checks)
    }
}
