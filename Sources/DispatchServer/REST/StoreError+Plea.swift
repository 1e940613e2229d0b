internal import Journal

extension StoreError {
    /// What is wrong and what helps, for those who ask from elsewhere: without the file's path.
    var plea: String {
        switch code {
        case .full: "the disk is full: free some space, and changes are taken again by themselves"
        case .busy: "another process keeps the database locked: once it is done, changes are taken again by themselves"
        case .cannotOpen: "the database cannot be written: check the permissions of its file and its folder"
        case .displaced:
            "the database was deleted or replaced: put its file back, and changes are taken again, or restart the server"
        case .damaged: "the database is damaged: restore a backup"
        case .notADatabase, .otherApplication, .newerSchema, .alreadyExists, .failed:
            "the database cannot be used now: the log says why"
        }
    }
}
