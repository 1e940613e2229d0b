internal import ArgumentParser
internal import Foundation

@main
struct GridDrill: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "griddrill",
        abstract: "Rehearses demand-response dispatches: a dispatcher, and a harness that scripts the grid against it.",
        version: Version.current,
        subcommands: [
            Run.self, Report.self, Show.self, Replay.self, Compare.self, Diff.self, Record.self, Serve.self, New.self,
            Check.self, Schema.self, Carriers.self, Token.self, Rosters.self, Audit.self, Backup.self, Node.self,
        ],
        defaultSubcommand: nil
    )

    static func main() async {
        // A file that may not grow any more fails its write, which is told; the signal would end the process without a word.
        signal(SIGXFSZ, SIG_IGN)
        StandardOutput.failLoudly()
        await main(nil)
    }
}
