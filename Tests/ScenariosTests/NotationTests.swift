import Base
import DemandResponse
import Testing

@testable import Scenarios

@Suite("Durations, percentages and distributions")
struct NotationTests {
    @Test(
        "durations are exact to the microsecond",
        arguments: [
            ("40ms", 40_000), ("90s", 90_000_000), ("10m", 600_000_000), ("2h", 7_200_000_000),
            ("1h30m", 5_400_000_000),
            ("1d", 86_400_000_000), ("500us", 500), ("1.5s", 1_500_000), ("0.000001s", 1), ("0s", 0),
            ("1d2h3m4s5ms6us", 93_784_005_006), ("1.25ms", 1_250), ("10000d", 864_000_000_000_000),
        ] as [(String, Int64)]
    )
    func durations(_ text: String, _ microseconds: Int64) throws {
        #expect(try Notation.duration.parse(text[...]) == .microseconds(microseconds))
    }

    @Test(
        "what is no duration is refused",
        arguments: [
            "", "5", "s", "5 s", "1.s", ".5s", "1m1m", "1s1m", "1..5s", "0.0000001s", "0.1us", "10001d", "-1s", "1e3s",
            "99999999999999999999s", "१s", "1S", "5µs",
        ]
    )
    func noDurations(_ text: String) {
        #expect(throws: NotationProblem.self) { try Notation.duration.parse(text[...]) }
    }

    @Test(
        "percentages are parts per million",
        arguments: [
            ("97%", 970_000), ("0.1%", 1_000), ("100%", 1_000_000), ("0%", 0), ("0.0001%", 1), ("99.99%", 999_900),
        ]
    )
    func shares(_ text: String, _ partsPerMillion: Int) throws {
        let share = try Notation.percentage.parse(text[...])
        #expect(share.partsPerMillion == partsPerMillion)
        #expect(share.description == text)
    }

    @Test(
        "what is no percentage is refused",
        arguments: ["", "%", "5", "100.1%", "-1%", ".5%", "5.%", "1.00001%", "5 %"]
    )
    func noShares(_ text: String) {
        #expect(throws: NotationProblem.self) { try Notation.percentage.parse(text[...]) }
    }

    private static let distributions: [(String, Distribution)] = [
        ("2s", .constant(.seconds(2))),
        ("uniform(1s, 3s)", .uniform(.seconds(1), .seconds(3))),
        ("uniform( 1s ,3s )", .uniform(.seconds(1), .seconds(3))),
        ("exponential(mean 5s)", .exponential(mean: .seconds(5))),
        ("lognormal(median 90s, p95 6m)", .lognormal(median: .seconds(90), p95: .minutes(6))),
        ("normal(mean 5s, sd 1s)", .normal(mean: .seconds(5), standardDeviation: .seconds(1))),
    ]

    @Test("distributions are read, in blocks as in braces", arguments: 0..<distributions.count)
    func distribution(_ index: Int) {
        let (text, expected) = Self.distributions[index]
        for line in ["link: {delay: \(text), jitter: 1s}", "link:\n      delay: \(text)", "link: {delay: '\(text)'}"] {
            let reading = Sample.read("link: {delay: 40ms, jitter: 15ms, loss: 0.1%}", line)
            #expect(reading.value?.clients[0].link?.delay == expected, "\(reading.rendered)")
        }
    }

    @Test(
        "what is no distribution is refused",
        arguments: [
            "uniform(3s, 1s)", "uniform(1s)", "exponential(5s)", "exponential(mean 0s)", "lognormal(median 5s, p95 1s)",
            "normal(mean 5s)", "normal(mean5s, sd 1s)", "poisson(mean 5s)", "uniform(1s, 3s", "empirical()", "uniform",
            "",
        ]
    )
    func noDistribution(_ text: String) {
        #expect(throws: NotationProblem.self) { try Notation.distribution.parse(text[...]) }
    }

    @Test("a duration as a spread is uniform from zero")
    func spread() {
        #expect(Sample.read().value?.clients[0].connects?[0].spread == .uniform(.zero, .minutes(2)))
        let reading = Sample.read("spread: 2m", "spread: exponential(mean 2m)")
        #expect(reading.value?.clients[0].connects?[0].spread == .exponential(mean: .minutes(2)), "\(reading.rendered)")
    }

    @Test("whatever is between the parentheses, text in quotes stays as it is")
    func commasInText() {
        let reading = Sample.read("name: Sample", "name: 'drill(one, two) and (three, four)'")
        #expect(reading.value?.name == "drill(one, two) and (three, four)")
    }

    @Test("templates are filled, and braces that name nothing stay")
    func templates() {
        let filled = Template.fill("{id} of {x}{id}{") { $0 == "id" ? "7" : nil }
        #expect(filled == "7 of {x}7{")
    }
}
