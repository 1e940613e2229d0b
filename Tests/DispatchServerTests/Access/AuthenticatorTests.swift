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
}
