/// Collects what is wrong with one file.
final class Diagnostics {
    private struct Finding: Hashable {
        var location: SourceLocation
        var severity: Diagnostic.Severity
        var message: String
        var help: String?
    }

    let path: String
    private let text: String
    private var findings: [Finding] = []
    /// What several aliases stand for, or is repeated, is read as often: once is enough to say what is wrong with it.
    private var reported: Set<Finding> = []
    private var omitted = 0
    /// Other files that were read for this one, or should have been.
    private var companions: [String] = []

    init(path: String, text: String) {
        self.path = path
        self.text = text
    }

    func error(_ message: String, at location: SourceLocation, help: String? = nil) {
        report(Finding(location: location, severity: .error, message: message, help: help))
    }

    func warning(_ message: String, at location: SourceLocation, help: String? = nil) {
        report(Finding(location: location, severity: .warning, message: message, help: help))
    }

    var hasErrors: Bool { findings.contains { $0.severity == .error } }

    func reads(_ companion: String) {
        if !companions.contains(companion) { companions.append(companion) }
    }

    private func report(_ finding: Finding) {
        guard reported.insert(finding).inserted else { return }
        if findings.count < ScenarioError.limit { findings.append(finding) } else { omitted += 1 }
    }

    func reading<Value>(_ value: Value?) -> Reading<Value> {
        guard !findings.isEmpty else { return Reading(value: value, diagnostics: [], companions: companions) }
        let lines = SourceLines(text)
        var diagnostics: [Diagnostic] = []
        for finding in findings.sorted(by: { $0.location < $1.location }) {
            let diagnostic = Diagnostic(
                path: path,
                line: finding.location.line,
                column: finding.location.column,
                severity: finding.severity,
                message: finding.message,
                suggestion: finding.help,
                excerpt: lines.line(finding.location.line).flatMap { line in
                    line.isEmpty ? nil : Excerpt(line: line, column: finding.location.column)
                }
            )
            diagnostics.append(diagnostic)
        }
        return Reading(value: value, diagnostics: diagnostics, omitted: omitted, companions: companions)
    }
}
