internal import Analysis
internal import ArgumentParser
internal import Foundation
internal import Reports

struct Diff: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Say in sentences how the decisions of two ledgers differ.",
        discussion: """
            A ledger is what run --approve writes, or the decisions.ledger beside a record. As git's own diff of ledgers: \
            git config diff.ledger.command 'griddrill diff --git', and a line *.ledger diff=ledger in .gitattributes. \
            Exit status: 0 the same is decided (with --git always), 1 it is not, 64 wrong usage, 70 a file is no ledger.
            """
    )

    @Argument(
        help: "The older ledger and the newer one; with --git the seven words that git hands to an external diff.",
        completion: .file(extensions: ["ledger"])
    )
    var ledgers: [String]

    @Flag(help: "As git's external diff: the path first, then both files, /dev/null for one that is not there.")
    var git = false

    func validate() throws {
        guard git ? ledgers.count >= 5 : ledgers.count == 2 else {
            throw ValidationError(git ? "--git is for git alone, which hands over seven words" : "name two ledgers")
        }
    }

    func run() throws {
        let paths = git ? [ledgers[1], ledgers[4]] : ledgers
        do {
            let (old, new) = (try text(paths[0]), try text(paths[1]))
            if git { print("ledger \(ledgers[0])") }
            guard let old, let new else {
                print(old == nil ? "these decisions are new" : "these decisions are not there any more")
                if git { return }
                throw ExitCode(1)
            }
            let differences = try Ledger(text: new, path: paths[1]).comparison(with: old, path: paths[0]).differences
            for difference in differences { print("- \(difference.text)") }
            if differences.isEmpty, git { print("the same is decided") }
            if !differences.isEmpty, !git { throw ExitCode(1) }
        } catch let error as LedgerError {
            throw RunStatus.internalError.exitCode(saying: error.description)
        } catch let error as CocoaError {
            throw RunStatus.internalError.exitCode(saying: error.localizedDescription)
        }
    }

    /// `nil` for the file that git names where there is none.
    private func text(_ path: String) throws -> String? {
        if path == "/dev/null" { return nil }
        return String(decoding: try Data(contentsOf: URL(fileURLWithPath: path)), as: UTF8.self)
    }
}
