internal import ArgumentParser

@main
struct GridDrill: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "griddrill",
        abstract: "Rehearses demand-response dispatches: a dispatcher, and a harness that scripts the grid against it.",
        version: Version.current,
        subcommands: [Run.self, Serve.self, Check.self, Schema.self, Token.self],
        defaultSubcommand: nil
    )
}
