import Base
import DispatchStore
import Testing

@testable import DispatchServer

@Suite("Bearer tokens")
struct BearerTokenTests {
    private let made = Timestamp(microseconds: 1_000_000)

    private func token() -> BearerToken {
        var entropy = SystemRandomNumberGenerator()
        return BearerToken(using: &entropy)
    }

    @Test("A token that was made is read back and matches its row, which does not hold the secret")
    func tokenMatchesItsRow() throws {
        let token = token()
        let row = token.stored(name: "control room", role: .operator, createdAt: made)
        let presented = try #require(BearerToken(token.text))
        #expect(presented.id == row.id)
        #expect(presented.matches(row))
        #expect(row.secretHash.count == 32)
        let secret = token.text.dropFirst("gd_".count + row.id.count + 1)
        #expect(secret.utf8.count == 43)
        #expect(!"\(row)".contains(secret))
    }

    @Test("Another token's secret, or one with a letter changed, does not match")
    func otherSecretDoesNotMatch() throws {
        let token = token()
        let row = token.stored(name: "", role: .viewer, createdAt: made)
        #expect(!self.token().matches(row))
        var text = token.text
        let last = text.removeLast()
        let changed = try #require(BearerToken(text + (last == "A" ? "B" : "A")))
        #expect(!changed.matches(row))
    }

    @Test(
        "What is not a token is not read as one",
        arguments: ["", "gd_", "gd_0123456789abcdef", "gd_0123456789abcdef_", "xx_0123456789abcdef_secret", "gd_1_2"]
            + ["gd_\n2026 FAKE entry_x", "gd_\u{1B}[2J\u{1B}[31mfake_x", "gd_0123456789ABCDEF_x", "gd_٠١٢٣٤٥٦٧_x"]
            + [String(repeating: "x", count: 1_000_000)]
    )
    func notAToken(_ text: String) {
        #expect(BearerToken(text) == nil)
    }

    @Test("A token is good until it expires or is revoked")
    func standing() {
        var row = token().stored(name: "", role: .customer(5), createdAt: made, expiresAt: made + .seconds(10))
        #expect(row.standing(at: made + .milliseconds(9_999)) == .valid)
        #expect(row.standing(at: made + .seconds(10)) == .expired)
        row.revokedAt = made + .seconds(3)
        #expect(row.standing(at: made + .seconds(4)) == .revoked)
    }
}
