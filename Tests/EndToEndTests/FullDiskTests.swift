import Foundation
import TestSupport
import Testing

/// On a disk of a few kilobytes, mounted for the one process alone.
@Suite(.enabled(if: SmallDisk.isPossible, "no file system may be mounted here"))
struct FullDiskTests {
    private let scratch: Scratch

    init() throws { scratch = try Scratch() }

    @Test(arguments: [[], ["--live", "--speed", "600", "--until-quiet"]])
    func `a run that fills the disk ends with a clear error and shows no result`(flags: [String]) async throws {
        try scratch.write(Sample.scenario(), to: "small.yaml")
        let disk = try SmallDisk(kilobytes: 96, in: scratch)
        let arguments = ["run", "small.yaml", "--reports", disk.path] + flags
        let outcome = try await Command(arguments, in: scratch, wrapper: disk.wrapper).outcome()
        #expect(outcome.status == 70)
        #expect(outcome.errors.contains("griddrill: small.yaml: the run was broken off: "))
        #expect(outcome.errors.contains("the disk is full"))
        #expect(!outcome.output.contains("PASSED"))
    }

    @Test func `a server on a full disk says so at once`() async throws {
        let disk = try SmallDisk(kilobytes: 16, in: scratch)
        let outcome = try await Command.run(
            "serve",
            "--port",
            "0",
            "--database",
            disk.path + "/d.sqlite",
            in: scratch,
            wrapper: disk.wrapper
        )
        #expect(outcome.status == 70)
        #expect(outcome.errors.contains("griddrill: \(disk.path)/d.sqlite: "))
        #expect(outcome.errors.contains("is the disk full?"))
        #expect(outcome.errorLines.count == 1)
    }
}

/// A run whose files may not grow: what a quota, or a full disk that nobody may mount here, looks like.
@Suite struct FileSizeLimitTests {
    @Test func `a run whose record may not grow ends with a clear error and leaves no record`() async throws {
        let scratch = try Scratch()
        try scratch.write(Sample.scenario(), to: "small.yaml")
        // In blocks of 1,024 bytes; the empty tables alone take more than that.
        let outcome = try await Command.run(
            "run",
            "small.yaml",
            in: scratch,
            wrapper: ["bash", "-c", #"ulimit -f 64; exec "$@""#, "limited"]
        )
        #expect(outcome.status == 70)
        #expect(outcome.errors.contains("small.yaml"))
        #expect(outcome.errors.contains("is the disk full?"))
        #expect(!outcome.output.contains("PASSED"))
        #expect(!scratch.exists("reports/small/record.sqlite"))
    }
}
