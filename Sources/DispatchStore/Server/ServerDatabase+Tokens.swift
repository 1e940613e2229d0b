public import Base
internal import GRDB
public import Journal

extension ServerDatabase {
    /// All of them or none.
    public func add(_ tokens: [AccessToken]) throws(StoreError) {
        try file.write { database in
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

    public func add(_ token: AccessToken) throws(StoreError) { try add([token]) }

    /// Every token that was ever made, oldest first.
    public func readAccessTokens() throws(StoreError) -> [AccessToken] {
        try file.rows("ORDER BY created_at, id", [], AccessToken.init)
    }

    public func readAccessToken(_ id: String) throws(StoreError) -> AccessToken? {
        try file.rows("WHERE id = ?", [id], AccessToken.init).first
    }

    /// A token that is revoked already keeps its time.
    /// - Returns: false when there is no such token.
    public func revokeAccessToken(_ id: String, at now: Timestamp) throws(StoreError) -> Bool {
        try file.write { database in
            try database.execute(
                sql: "UPDATE access_tokens SET revoked_at = coalesce(revoked_at, ?) WHERE id = ?",
                arguments: [now.microseconds, id]
            )
            return database.changesCount > 0
        }
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
