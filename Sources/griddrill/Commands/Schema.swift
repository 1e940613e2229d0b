internal import ArgumentParser
internal import Reports
internal import Scenarios

struct Schema: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Print the JSON Schema (2020-12) of scenario files, for editors, or of a document that runs leave."
    )

    enum Document: String, ExpressibleByArgument, CaseIterable {
        case scenario, included, carriers, summary, suite
    }

    @Argument(
        help: """
            scenario, included (a file that scenarios include), carriers (of serve --carriers), summary (summary.json) or suite \
            (suite.json).
            """
    )
    var document = Document.scenario

    func run() {
        switch document {
        case .scenario: print(ScenarioSchema.json())
        case .included: print(ScenarioSchema.jsonOfIncluded())
        case .carriers: print(CarriersFile.schema())
        case .summary: print(DocumentSchema.summary.text, terminator: "")
        case .suite: print(DocumentSchema.suite.text, terminator: "")
        }
    }
}
