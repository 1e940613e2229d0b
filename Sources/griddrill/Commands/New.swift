internal import ArgumentParser
internal import Foundation
internal import Reports
internal import Scenarios

struct New: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Write a small scenario with comments, to begin with.")

    @Argument(help: "The scenario's name, or the file to write: evening-peak writes evening-peak.yaml.")
    var name: String

    func run() throws {
        let file = name.hasSuffix(".yaml") || name.hasSuffix(".yml") ? name : name + ".yaml"
        do {
            // Nothing that is there already is replaced.
            try Data(NewScenario.text(for: file).utf8).write(
                to: URL(fileURLWithPath: file),
                options: .withoutOverwriting
            )
        } catch {
            let reason =
                FileManager.default.fileExists(atPath: file)
                ? "there is such a file already" : "it cannot be written: \(error.localizedDescription)"
            throw RunStatus.internalError.exitCode(saying: "\(file): \(reason)")
        }
        print("Wrote \(file). Run it:  griddrill run \(file)")
    }
}
