public import Base
internal import DemandResponse
internal import GRDB
public import Journal

extension ServerDatabase {
    /// All of them or none; the audit log says so.
    /// - Parameter actor: who makes them.
    public func add(_ tokens: [AccessToken], by actor: String? = nil) throws(StoreError) {
        let entries = tokens.map { token in
            JournalEntry(input: .tokenCreated(TokenChange(token)), at: token.createdAt, actor: actor, effects: [])
        }
        try file.append(entries) { database in
            let row = try WriteStatement<AccessToken.Column>(database)
            for token in tokens {
                try row.run([
                    .id: token.id, .name: token.name, .role: token.role.name, .customer: token.role.customer,
                    .secretSha256: token.secretHash, .createdAt: token.createdAt, .expiresAt: token.expiresAt,
                    .revokedAt: token.revokedAt,
                ])
            }
        }
    }

    public func add(_ token: AccessToken, by actor: String? = nil) throws(StoreError) { try add([token], by: actor) }

    /// Every token that was ever made, oldest first.
    public func readAccessTokens() throws(StoreError) -> [AccessToken] {
        try file.rows("ORDER BY created_at, id", [], AccessToken.init)
    }

    public func readAccessToken(_ id: String) throws(StoreError) -> AccessToken? {
        try file.rows("WHERE id = ?", [id], AccessToken.init).first
    }

    /// A token that is revoked already keeps its time. The audit log says who revoked it.
    /// - Returns: false when there is no such token.
    public func revokeAccessToken(_ id: String, at now: Timestamp, by actor: String? = nil) throws(StoreError) -> Bool {
        guard let token = try readAccessToken(id) else { return false }
        guard token.revokedAt == nil else { return true }
        let entry = JournalEntry(input: .tokenRevoked(TokenChange(token)), at: now, actor: actor, effects: [])
        try file.append([entry]) { database in
            try database.execute(
                sql: "UPDATE access_tokens SET revoked_at = coalesce(revoked_at, ?) WHERE id = ?",
                arguments: [now.microseconds, id]
            )
        }
        return true
    }
}

extension TokenChange {
    fileprivate init(_ token: AccessToken) {
        self.init(
            token: token.id,
            name: token.name,
            role: token.role.name,
            customer: token.role.customer,
            expiresAt: token.expiresAt?.iso8601
        )
    }
}

extension AccessToken {
    fileprivate enum Column: Int, TableColumn {
        static let table = "access_tokens"
        case id, name, role, customer, secretSha256, createdAt, expiresAt, revokedAt
    }

    fileprivate init(_ row: Cursor<Column>) throws {
        guard let role = AccessRole(name: row[.role], customer: row[.customer]) else {
            throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "an access token has a role that does not exist")
        }
        self.init(
            id: row[.id],
            name: row[.name],
            role: role,
            secretHash: row[.secretSha256],
            createdAt: row[.createdAt],
            expiresAt: row[.expiresAt],
            revokedAt: row[.revokedAt]
        )
    }
}
