internal import GRDB

/// The tables of a run's record and of a server's database: one schema for both, documented in `Schema+Tables.swift`.
enum Schema {
    /// `PRAGMA application_id`: "GRDD" in ASCII, so that another program's database is not mistaken for ours.
    static let applicationID: Int32 = 0x4752_4444

    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        // A migration never changes once it has shipped.
        migrator.registerMigration("1") { database in
            try database.execute(sql: "PRAGMA application_id = \(applicationID)")
            try database.execute(sql: version1)
            try database.execute(sql: version1Views)
        }
        migrator.registerMigration("2") { database in
            try database.execute(sql: version2)
        }
        migrator.registerMigration("3") { database in
            try database.execute(sql: version3)
        }
        return migrator
    }
}
