internal import Reports

/// Runs a suite, and then again what a saved file touches: the scenario itself, measurements that it uses, or its approved decisions.
/// Only a signal ends it.
struct SuiteWatch {
    let suiteRun: SuiteRun
    /// Tells of the whole suite as it now stands, and writes its reports.
    let conclude: (SuiteSummary) throws -> Void

    func run(_ files: [String], list: @escaping () -> [String]) async throws -> Never {
        var watched = WatchedFiles(list: list)
        var entries: [String: SuiteSummary.Entry] = [:]
        var touched = files
        while true {
            for file in touched { watched.note(file) }
            if !touched.isEmpty {
                let suite = await suiteRun.run(touched)
                for (file, entry) in zip(touched, suite.entries) { entries[file] = entry }
            }
            // Those that were not touched keep what they came to.
            try conclude(SuiteSummary(entries: list().compactMap { entries[$0] }))
            StandardError.write(
                "griddrill: watching \(watched.count == 1 ? "1 scenario" : "\(watched.count) scenarios"); Ctrl-C ends it\n"
            )
            let changes = try await watched.changes()
            for file in changes.gone {
                entries[file] = nil
                StandardError.write("griddrill: \(file) is gone\n")
            }
            touched = changes.touched
            // What is told next is of these files as they now are, and stands alone on the screen.
            Terminal.clear()
            for file in touched { StandardError.write("griddrill: \(file) has changed\n") }
        }
    }
}
