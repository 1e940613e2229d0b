import Base
import DispatchStore
import GRDB
import TestSupport
import Testing

@testable import DispatchServer

@Suite struct AuthenticatorTests {
    private let scratch: Scratch

    init() throws { scratch = try Scratch() }

    @Test func `sessions stay while their tokens stand, and while the database cannot tell`() async throws {
        let database = try ServerDatabase.open(at: scratch.file("d.sqlite"))
        let clock = WallClock()
        let now = clock.now()
        var entropy = SystemRandomNumberGenerator()
        func token(expiresAt: Timestamp?) throws -> AccessToken {
            let token = BearerToken(using: &entropy)
                .stored(name: "desk", role: .viewer, createdAt: now, expiresAt: expiresAt)
            try database.add(token)
            return token
        }
        let unlimited = try token(expiresAt: nil)
        let lasting = try token(expiresAt: now + .hours(1))
        _ = try token(expiresAt: now)
        let revoked = try token(expiresAt: nil)
        #expect(try database.revokeAccessToken(revoked.id, at: now))
        let authenticator = Authenticator(database, clock: clock)
        #expect(authenticator.validTokens() == [unlimited.id, lasting.id])

        let intruder = try DatabaseQueue(path: scratch.file("d.sqlite"))
        try await intruder.write { try $0.execute(sql: "ALTER TABLE access_tokens RENAME TO hidden") }
        #expect(authenticator.validTokens() == nil)
        try database.close()
    }

    @Test func `whoever shows a token that is right is let in, however many were wrong before`() throws {
        let database = try ServerDatabase.open(at: scratch.file("d.sqlite"))
        let clock = WallClock()
        var entropy = SystemRandomNumberGenerator()
        let token = BearerToken(using: &entropy)
        try database.add(token.stored(name: "desk", role: .operator, createdAt: clock.now()))
        let authenticator = Authenticator(database, clock: clock)
        func refusal(_ text: String?) -> AccessRefusal? {
            if case .failure(let refusal) = authenticator.authenticate(text, from: "192.0.2.1") { refusal } else { nil }
        }
        for _ in 0..<FailedAttempts.most {
            guard case .invalid? = refusal("gd_0123456789abcdef_no") else {
                Issue.record("it is not invalid")
                return
            }
        }
        guard case .tooManyAttempts? = refusal("gd_0123456789abcdef_no") else {
            Issue.record("no limit")
            return
        }
        #expect(refusal(token.text) == nil)
        guard case .missing? = refusal(nil) else {
            Issue.record("who shows none has not failed")
            return
        }
        try database.close()
    }
}
