/// Collects what is wrong with one file and with those that it includes.
final class Diagnostics {
    private struct Finding: Hashable {
        var location: SourceLocation
        var severity: Diagnostic.Severity
        var message: String
        var help: String?

        /// What its help quotes of the file in quotation marks goes.
        var withoutQuotations: Finding {
            var finding = self
            finding.help = help?.replacing(/"[^\n]*"/, with: "\"…\"")
            return finding
        }
    }

    private struct File {
        var path: String
        var text: String
        /// Where the scenario's own file names it.
        var named: SourceLocation?
    }

    /// Of the file itself.
    let path: String
    /// Whether the lines themselves are shown: not of a file in which somebody may have written a secret.
    private let showsLines: Bool
    private var files: [Int: File]
    private var findings: [Finding] = []
    /// What several aliases stand for, or is repeated, is read as often: once is enough to say what is wrong with it.
    private var reported: Set<Finding> = []
    private var omitted = 0
    /// Other files that were read for this one, or should have been.
    private var companions: [String] = []

    init(path: String, text: String, showsLines: Bool = true) {
        self.path = path
        self.showsLines = showsLines
        files = [0: File(path: path, text: text)]
    }

    /// To be told of a file that is included before anything is said of a place in it.
    func includes(_ path: String, text: String, as number: Int, named location: SourceLocation) {
        files[number] = File(path: path, text: text, named: location)
    }

    /// Of the file that a place is in.
    func path(of location: SourceLocation) -> String { files[location.file]?.path ?? path }

    /// `line 12`, and of which file where that is another one than the reader is looking at.
    func line(of location: SourceLocation, from place: SourceLocation) -> String {
        "line \(location.line)" + (location.file == place.file ? "" : " of \(path(of: location))")
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
        let lines = files.mapValues { SourceLines($0.text) }
        var diagnostics: [Diagnostic] = []
        for finding in findings.sorted(by: { $0.location < $1.location }) {
            let diagnostic = Diagnostic(
                path: path(of: finding.location),
                line: finding.location.line,
                column: finding.location.column,
                severity: finding.severity,
                message: finding.message,
                suggestion: help(finding),
                excerpt: lines[finding.location.file]?.line(finding.location.line).flatMap { line in
                    line.isEmpty || !showsLines ? nil : Excerpt(line: line, column: finding.location.column)
                }
            )
            diagnostics.append(diagnostic)
        }
        return Reading(value: value, diagnostics: diagnostics, omitted: omitted, companions: companions)
    }

    /// With where its file is included, if it is: it may be right by itself, and wrong only there.
    private func help(_ finding: Finding) -> String? {
        // How a line is to be written is as good as the line itself.
        let finding = showsLines ? finding : finding.withoutQuotations
        let included = files[finding.location.file]?.named.map { "included on line \($0.line) of \(path)" }
        let parts = [finding.help, included].compactMap(\.self)
        return parts.isEmpty ? nil : parts.joined(separator: "; ")
    }
}
