internal import ArgumentParser
internal import Reports
internal import Scenarios

struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Read scenarios and print what is wrong with them, all of it at once."
    )

    @Argument(help: "Scenario files, or folders of them.", completion: .file(extensions: ["yaml", "yml"]))
    var paths: [String] = [ScenarioFiles.defaultFolder]

    @Flag(name: .long, help: "Say nothing of files that are in order.")
    var quiet = false

    func run() throws {
        let files = try ScenarioFiles.find(paths)
        var isInvalid = false
        for file in files {
            let reading = ScenarioReader.read(path: file)
            if reading.value == nil {
                isInvalid = true
                StandardError.write(reading.rendered + (files.count > 1 ? "\n\n" : "\n"))
            } else if !quiet {
                print("\(file): in order")
            }
        }
        if isInvalid { throw RunStatus.invalidScenario.exitCode }
    }
}
