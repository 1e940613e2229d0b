internal import ArgumentParser
internal import Base
internal import DispatchServer
internal import Foundation
internal import Mail
internal import Reports
internal import Scenarios

struct Carriers: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Check the file of who really sends (serve --carriers), or try it out.",
        subcommands: [CheckCarriers.self, TestCarriers.self]
    )
}

struct CheckCarriers: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Read a carriers' file, with its secrets, and print what is wrong with it; nothing is sent."
    )

    @Argument(help: "The file.", completion: .file(extensions: ["yaml", "yml"]))
    var file: String

    func run() throws {
        _ = try CarrierFiles.relay(file)
        print("\(file): in order")
    }
}

struct TestCarriers: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "test",
        abstract: "Send one drill and show the whole conversation, without its secrets.",
        discussion: "Exit status: 0 when the mail was taken, 1 when not, 2 when the file is invalid."
    )

    @Option(help: "The carriers' file.", completion: .file(extensions: ["yaml", "yml"]))
    var carriers: String

    @Option(help: "The mail address that it is sent to.")
    var to: String

    func run() async throws {
        let relay = try CarrierFiles.relay(carriers)
        let address: MailAddress
        do {
            address = try MailAddress(to)
        } catch {
            throw ValidationError("--to: no mail can be sent to it: \(error)")
        }
        var generator = SystemRandomNumberGenerator()
        let id = UniqueID(using: &generator)
        let now = WallClock().now()
        if let complaint = try await MailTrial.send(by: relay, to: address, id: id, at: now, onLine: { print($0) }) {
            StandardError.write("not sent: \(complaint)\n")
            throw RunStatus.expectationFailed.exitCode
        }
        print("taken")
    }
}

/// Reads carriers' files for commands, which end with 2 and say why when one cannot be used.
enum CarrierFiles {
    static func relay(_ path: String) throws -> MailRelay {
        let reading = CarriersFile.read(path: path, environment: ProcessInfo.processInfo.environment)
        if !reading.diagnostics.isEmpty { StandardError.write(reading.rendered + "\n") }
        guard let email = reading.value?.email else { throw RunStatus.invalidScenario.exitCode }
        do {
            return try MailRelay(email)
        } catch {
            StandardError.write("\(path): error: \(error)\n")
            throw RunStatus.invalidScenario.exitCode
        }
    }
}
