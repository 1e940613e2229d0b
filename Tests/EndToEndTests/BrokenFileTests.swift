import Foundation
import TestSupport
import Testing

@Suite struct BrokenFileTests {
    private let scratch: Scratch

    init() throws { scratch = try Scratch() }

    private static let broken = """
        name: Broken
        seed: minus
        lasts: 1h
        colour: green
        programs: [{id: 1, name: A}, {id: 1, name: B}]
        customers: [{id: 1, name: X, program: 2, channels: [email]}]
        timeline: []
        expect: [dispatchs == 1]
        """

    @Test func `a broken file gives 2 and every mistake in it with its place`() async throws {
        try scratch.write(Self.broken, to: "broken.yaml")
        for arguments in [["run", "broken.yaml"], ["check", "broken.yaml"]] {
            let outcome = try await Command(arguments, in: scratch).outcome()
            #expect(outcome.status == 2)
            let places = outcome.errorLines.filter { $0.contains(": error: ") }.map { $0.prefix { $0 != " " } }
            #expect(
                places == [
                    "broken.yaml:1:1:", "broken.yaml:2:7:", "broken.yaml:4:1:", "broken.yaml:5:35:",
                    "broken.yaml:6:39:",
                    "broken.yaml:8:10:",
                ]
            )
            #expect(outcome.errors.hasSuffix("\n"))
        }
        #expect(try scratch.text("reports/junit.xml").contains("<error"))
        #expect(!scratch.exists("reports/broken"))
    }

    @Test func `a broken file among good ones hides none of them`() async throws {
        try scratch.write(Self.broken, to: "scenarios/broken.yaml")
        try scratch.write(Sample.scenario(), to: "scenarios/small.yaml")
        let outcome = try await Command.run("run", in: scratch)
        #expect(outcome.status == 2)
        #expect(outcome.output.contains("1 passed, 1 invalid"))
        #expect(scratch.exists("reports/small/record.sqlite"))
    }

    @Test func `each file that cannot be used is told in words, with 2 and no crash`() async throws {
        let bomb =
            "a0: &a0 [x, x, x, x, x, x, x, x, x]\n"
            + (1...12).map { level in
                "a\(level): &a\(level) [" + Array(repeating: "*a\(level - 1)", count: 9).joined(separator: ", ") + "]\n"
            }.joined()
        let files: [(name: String, data: Data, told: String)] = [
            ("empty.yaml", Data(), "the file is empty"),
            ("cyclic.yaml", Data("name: &a [*a]\n".utf8), "the alias names no anchor that is complete by here"),
            ("bomb.yaml", Data(bomb.utf8), "nodes, its aliases expanded"),
            ("deep.yaml", Data(String(repeating: "[", count: 100_000).utf8), "deep.yaml:"),
            ("huge.yaml", Data(repeating: UInt8(ascii: "#"), count: 64 << 20 | 1), "larger than 64 MiB"),
            ("latin.yaml", Data([0x6E, 0xE9]), "the file is not UTF-8"),
            ("binary.yaml", Data((0...255).map { UInt8($0) }), "binary.yaml:"),
            ("zeroes.yaml", Data(count: 1_000), "zeroes.yaml:"),
        ]
        for file in files {
            try scratch.write(file.data, to: file.name)
            let outcome = try await Command.run("check", file.name, in: scratch)
            #expect(outcome.status == 2, "\(file.name)")
            #expect(outcome.errors.contains(file.told), "\(file.name)")
            #expect(outcome.errors.hasPrefix("\(file.name):"), "\(file.name)")
            try FileManager.default.removeItem(atPath: scratch.file(file.name))
        }
    }

    @Test func `a folder, and a file that may not be read, are told as what they are`() async throws {
        try FileManager.default.createDirectory(
            atPath: scratch.file("a.yaml/b.yaml"),
            withIntermediateDirectories: true
        )
        let folder = try await Command.run("check", "a.yaml", in: scratch)
        #expect(folder.status == 2)
        #expect(folder.errors == "a.yaml/b.yaml:1:1: error: is a directory, not a file\n")
        // Nobody may read this one, not even root.
        let locked = try await Command.run("check", "/proc/self/mem", in: scratch)
        #expect(locked.status == 2)
        #expect(locked.errors.hasPrefix("/proc/self/mem:1:1: error: "))
    }

    @Test func `a warning leaves a file valid, unless it is to be taken for an error`() async throws {
        let text = Sample.scenario(expect: ["acknowledged == 19"])
        try scratch.write(text.replacing("channels: [websocket]", with: "channels: [websocket, text]"), to: "text.yaml")
        for (arguments, status) in [
            (["check"], 0), (["check", "--quiet"], 0), (["check", "--strict"], 2), (["run"], 0),
        ] {
            let outcome = try await Command(arguments + ["text.yaml"], in: scratch).outcome()
            #expect(outcome.status == status, "\(arguments)")
            let isTold = outcome.errors.contains(": warning: ")
            #expect(isTold == (arguments[0] == "check"), "\(outcome.errors)")
            #expect(outcome.output.contains("text.yaml: in order") == (arguments == ["check"]))
        }
    }

    @Test func `a fault that the world of the run cannot do is a mistake of the file`() async throws {
        let text = Sample.scenario()
            .replacing("expect:", with: "faults: [{at: 16:06, restart: {how: kill, down: 8s}}]\nexpect:")
        try scratch.write(text, to: "killed.yaml")
        let outcome = try await Command.run(
            "run",
            "--live",
            "--until-quiet",
            "--target",
            "http://127.0.0.1:1",
            "killed.yaml",
            in: scratch
        )
        #expect(outcome.status == 2)
        #expect(outcome.errors.contains(": error: a run against --target cannot restart the server"))
        #expect(outcome.errors.hasPrefix("killed.yaml:14:10"), "\(outcome.errors)")
        #expect(!scratch.exists("reports/killed"))
    }

    @Test func `times outside of the run are mistakes of the file`() async throws {
        let text = Sample.scenario()
            .replacing("at: 16:05, incident", with: "at: 17:05, incident")
            .replacing("acknowledges: never}", with: "acknowledges: never, disconnects: {at: 15:00, for: 1m}}")
        try scratch.write(text, to: "late.yaml")
        let outcome = try await Command.run("run", "late.yaml", in: scratch)
        #expect(outcome.status == 2)
        #expect(outcome.errors.contains("late.yaml:11:"))
        #expect(outcome.errors.contains("late.yaml:13:"))
        #expect(!scratch.exists("reports/late"))
    }
}
