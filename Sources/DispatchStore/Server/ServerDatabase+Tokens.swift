public import Base
internal import Foundation
internal import GRDB
public import Journal

private let tokenTable = Table(
    "access_tokens",
    "id name role customer secret_sha256 created_at expires_at revoked_at"
)

extension ServerDatabase {
    /// All of them or none.
    public func add(_ tokens: [AccessToken]) throws(StoreError) {
        try file.write { database in
            for token in tokens {
                try database.execute(
                    sql: tokenTable.insertion(),
                    arguments: [
                        token.id, token.name, token.role.name, token.role.customer, Data(token.secretHash),
                        token.createdAt.microseconds, token.expiresAt?.microseconds, token.revokedAt?.microseconds,
                    ]
                )
            }
        }
    }

    public func add(_ token: AccessToken) throws(StoreError) { try add([token]) }

    /// Every token that was ever made, oldest first.
    public func readAccessTokens() throws(StoreError) -> [AccessToken] {
        try file.read { database in
            try Row.fetchAll(database, sql: tokenTable.selection + " ORDER BY created_at, id")
                .map(AccessToken.init)
        }
    }

    public func readAccessToken(_ id: String) throws(StoreError) -> AccessToken? {
        try file.read { database in
            try Row.fetchOne(database, sql: tokenTable.selection + " WHERE id = ?", arguments: [id])
                .map(AccessToken.init)
        }
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
    fileprivate init(_ row: Row) throws {
        guard let role = AccessRole(name: row["role"], customer: row["customer"]) else {
            throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "an access token has a role that does not exist")
        }
        self.init(
            id: row["id"],
            name: row["name"],
            role: role,
            secretHash: Array(row["secret_sha256"] as Data),
            createdAt: Timestamp(microseconds: row["created_at"]),
            expiresAt: (row["expires_at"] as Int64?).map(Timestamp.init(microseconds:)),
            revokedAt: (row["revoked_at"] as Int64?).map(Timestamp.init(microseconds:))
        )
    }
}
