/// The reports of a whole suite, in the folder of its runs' folders: `junit.xml` and `suite.json` for programs, `index.html` and
/// `summary.md` for people.
public struct SuiteFiles: Sendable {
    /// Of the files, in the folder of its runs' folders.
    public static let names = ["junit.xml", "suite.json", "summary.md", "index.html", UnfinishedSuite.name]

    private let summary: SuiteSummary

    public init(_ summary: SuiteSummary) {
        self.summary = summary
    }

    public func write(into folder: String) throws(ReportFileError) {
        try ReportFile.write(JUnitDocument(summary).text, to: folder + "/junit.xml")
        try ReportFile.write(SuiteDocument(summary).text, to: folder + "/suite.json")
        try ReportFile.write(MarkdownDocument(summary).text, to: folder + "/summary.md")
        try ReportFile.write(page: SuitePage(summary).html, to: folder + "/index.html")
    }
}
