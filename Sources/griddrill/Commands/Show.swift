internal import ArgumentParser
internal import DispatchStore
internal import Journal
internal import Reports

struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract:
            "Answer a question about one run: a customer's whole story, an incident, or why something did not come about.",
        discussion: """
            As: griddrill show reports/seed customer 8, griddrill show reports/seed incident peak, griddrill show reports/seed why \
            undelivered (or unacknowledged, late, refused). \
            Exit status: 0 answered, 5 there is no record, 64 the record knows of no such thing, 70 it could not be read.
            """
    )

    @Argument(help: "The record (record.sqlite), or the folder that holds it.", completion: .file())
    var record: String

    @Argument(help: ArgumentHelp(stringLiteral: "The question: \(Inquiry.usage)."))
    var question: [String]

    func run() throws {
        do {
            let inquiry = try Inquiry(question)
            let files = try RecordFiles([record])
            guard let path = files.paths.first, files.paths.count == 1 else {
                throw ValidationError("\(record) holds \(files.paths.count) records: name the folder of one run")
            }
            let database = try RunRecord.open(at: path)
            print(try InquiryReport(inquiry, database, style: Terminal.standardOutput).text, terminator: "")
            try database.close()
        } catch let error as InquiryError {
            throw RunStatus.wrongUsage.exitCode(saying: error.description)
        } catch let error as StoreError {
            throw RunStatus.internalError.exitCode(saying: "\(error)")
        }
    }
}
