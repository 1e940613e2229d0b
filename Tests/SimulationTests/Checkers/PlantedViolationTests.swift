import DispatchStore
import Simulation
import TestSupport
import Testing

/// A change of a right record, and what the checker of an invariant is to say of it.
struct Plant: CustomTestStringConvertible, Sendable {
    let invariant: Int
    let what: String
    let sql: String
    /// Of the first violation; `nil`: there is to be none.
    let words: String?

    init(_ invariant: Int, _ what: String, _ sql: String, _ words: String?) {
        self.invariant = invariant
        self.what = what
        self.sql = sql
        self.words = words
    }

    var testDescription: String { "\(invariant): \(what)" }
}

@Suite("A checker") struct PlantedViolationTests {
    @Test func `finds nothing wrong in a right record, and something to examine`() async throws {
        let (_, findings) = try await Rehearsed().check()
        #expect(findings.keys.sorted() == Array(1...12))
        for finding in findings.values {
            #expect(finding.examined > 0, "\(finding)")
            #expect(finding.violationCount == 0, "\(finding)")
        }
        #expect(try await Rehearsed.outcome.checks.allSatisfy { $0.examined > 0 && $0.violationCount == 0 })
    }

    @Test func `has examined nothing of an empty history, which is no pass`() throws {
        let folder = try Scratch()
        let path = folder.path + "/empty.sqlite"
        try RunRecord.create(at: path).close()
        let findings = try Rehearsed.findings(of: path)
        #expect(findings.count == 12)
        #expect(findings.values.allSatisfy { $0.examined == 0 && $0.violationCount == 0 })
    }

    @Test(arguments: Plant.violations)
    func `catches what breaks its invariant`(plant: Plant) async throws {
        let (changed, findings) = try await Rehearsed().check(planting: plant.sql)
        #expect(changed > 0, "nothing was planted")
        let finding = try #require(findings[plant.invariant])
        let words = try #require(plant.words)
        #expect(finding.violationCount > 0)
        #expect(finding.violations.contains { $0.message.contains(words) }, "\(finding.violations)")
    }

    @Test(arguments: Plant.excused)
    func `is silent on what does not`(plant: Plant) async throws {
        let (changed, findings) = try await Rehearsed().check(planting: plant.sql)
        #expect(changed > 0, "nothing was planted")
        let finding = try #require(findings[plant.invariant])
        #expect(finding.violations == [])
        #expect(finding.examined > 0)
    }

    @Test func `counts every violation and keeps the first ones in words`() async throws {
        let (changed, findings) = try await Rehearsed().check(
            planting: """
                WITH RECURSIVE n(i) AS (SELECT 100 UNION ALL SELECT i + 1 FROM n WHERE i < 129)
                INSERT INTO dispatches (incident, customer, method, position, id, modification, program, program_name,
                    customer_name, message, more_info, created_at, announced_at, state, attempts)
                SELECT 1, i, 'email', 0, '', 0, 1, '', '', '', '', 0, 0, 'pending', 0 FROM n
                """
        )
        #expect(changed == 30)
        #expect(findings[1]?.violationCount == 30)
        #expect(findings[1]?.violations.count == 20)
    }
}
