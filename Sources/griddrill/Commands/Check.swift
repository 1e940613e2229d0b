internal import ArgumentParser
internal import Base
internal import Reports
internal import Scenarios

struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Read scenarios and print what is wrong with them, all of it at once."
    )

    @Argument(help: "Scenario files, or folders of them.", completion: .file(extensions: ["yaml", "yml"]))
    var paths: [String] = [ScenarioFiles.defaultFolder]

    @OptionGroup
    var tags: TagOption

    @Flag(name: .long, help: "Say nothing of files that are in order.")
    var quiet = false

    @Flag(name: .long, help: "Take warnings for errors: exit 2 if there are any.")
    var strict = false

    func run() throws {
        // All combinations of a matrix are read at once: what is wrong in all of them is said once.
        let found = try ScenarioFiles.files(paths)
        let files =
            try tags.choice.map { choice in
                let scenarios = try ScenarioFiles.find(paths, tags: choice).map { ScenarioPath($0).file }
                return found.filter { scenarios.contains(ScenarioPath($0).file) }
            } ?? found
        var isInvalid = false
        for file in files {
            let reading = ScenarioReader.read(path: file)
            let isInOrder = reading.value != nil && !(strict && !reading.diagnostics.isEmpty)
            isInvalid = isInvalid || !isInOrder
            if !reading.diagnostics.isEmpty {
                StandardError.write(reading.rendered + (files.count > 1 ? "\n\n" : "\n"))
            }
            if isInOrder && !quiet { print("\(file): in order") }
        }
        if isInvalid { throw RunStatus.invalidScenario.exitCode }
    }
}
