internal import ArgumentParser
internal import Scenarios

struct Schema: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Print the JSON Schema (2020-12) of scenario files, for editors."
    )

    func run() {
        print(ScenarioSchema.json())
    }
}
