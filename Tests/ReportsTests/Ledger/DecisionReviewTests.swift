import Analysis
import DispatchStore
import Reports
import TestSupport
import Testing

@Suite struct DecisionReviewTests {
    private func review(
        _ ledger: Ledger,
        approved: String?,
        isRequired: Bool = false,
        world: RunHeader.World = .virtual,
        seedIsReplaced: Bool = false
    ) -> DecisionReview {
        DecisionReview(
            ledger,
            world: world,
            approved: approved,
            approvedPath: "approved/evening.ledger",
            isRequired: isRequired,
            seedIsReplaced: seedIsReplaced
        )
    }

    @Test func `the same decisions are as approved`() async throws {
        let ledger = try await RehearsedEvening.ledger()
        #expect(review(ledger, approved: ledger.text).outcome == .same)
        #expect(review(ledger, approved: nil).outcome == .unapproved)
        #expect(review(ledger, approved: ledger.text.replacing("\n", with: "\r\n")).outcome == .same)
        #expect(review(ledger, approved: String(ledger.text.dropLast())).outcome == .same)
    }

    @Test func `where decisions have to be approved, none are no pass`() async throws {
        let ledger = try await RehearsedEvening.ledger()
        let missing = review(ledger, approved: nil, isRequired: true)
        #expect(missing.outcome == .missing && missing.differs)
        #expect(!review(ledger, approved: ledger.text, isRequired: true).differs)
        #expect(!review(ledger, approved: nil, isRequired: true, world: .live).differs)
    }

    @Test func `with another seed nothing is compared, unless it is the scenario's own`() async throws {
        let ledger = try await RehearsedEvening.ledger()
        let other = try await RehearsedEvening.ledger(
            RehearsedEvening.everything.replacing("seed: 11", with: "seed: 12")
        )
        let replaced = review(other, approved: ledger.text, seedIsReplaced: true)
        #expect(replaced.outcome == .notCompared("approved with seed 11, and this run had seed 12"))
        #expect(!replaced.differs)
        guard case .different(let differences) = review(other, approved: ledger.text).outcome else {
            Issue.record("a scenario with another seed is not what was approved")
            return
        }
        #expect(differences.first?.text == "the seed: is now 12; was 11")
    }

    @Test func `a live run is not compared`() async throws {
        let ledger = try await RehearsedEvening.ledger()
        guard case .notCompared = review(ledger, approved: ledger.text, world: .live).outcome else {
            Issue.record("it was compared")
            return
        }
    }

    @Test func `approved decisions that cannot be read are no pass`() async throws {
        let ledger = try await RehearsedEvening.ledger()
        let review = review(ledger, approved: String(ledger.text.dropLast(30)))
        #expect(review.differs)
    }
}
