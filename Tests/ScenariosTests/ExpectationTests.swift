import Base
import DemandResponse
import Measures
import Testing

@testable import Scenarios

/// (Testing has an `Expectation` too.)
private typealias Expectation = Scenarios.Expectation

@Suite("Expectations")
struct ExpectationTests {
    private static func parse(_ text: String) throws -> Expectation.Claim {
        try ExpectationParser.parse(text[...]).expectation.claim
    }

    private static func parseFigure(_ text: String) throws -> Expectation.Figure? {
        guard case .figure(let figure) = try parse(text) else { return nil }
        return figure
    }

    private static let examples: [(String, Expectation.Claim)] = [
        (
            "dispatches == 1004",
            .figure(.init(.records(.dispatches), .equal, .count(1_004)))
        ),
        (
            "undeliverable{customer:8}!=1",
            .figure(.init(.customers(.undeliverable), in: .init(customer: 8), .notEqual, .count(1)))
        ),
        (
            "acknowledged{program:1} >= 94% within 10m",
            .figure(
                .init(
                    .customers(.acknowledged),
                    in: .init(program: 1),
                    .greaterOrEqual,
                    .share(.percent(94)),
                    within: .minutes(10)
                )
            )
        ),
        (
            "acknowledgement_latency{program:1}.p90 < 7m",
            .figure(
                .init(.latency(.acknowledgement), in: .init(program: 1), statistic: .p90, .less, .span(.minutes(7)))
            )
        ),
        (
            "delivery_latency{channel:email, incident:peak-2}.p99.9 <= 1.5s",
            .figure(
                .init(
                    .latency(.delivery),
                    in: .init(incident: "peak-2", channel: .email),
                    statistic: .p999,
                    .lessOrEqual,
                    .span(.milliseconds(1_500))
                )
            )
        ),
        (
            "dispatch_lag.count > 0",
            .figure(.init(.latency(.dispatchLag), .greater, .count(0)))
        ),
        (
            "message{customer:1} contains \"full curtailment plan\"",
            .figure(.init(.message, in: .init(customer: 1), .contains, .text("full curtailment plan")))
        ),
        (
            " failed < 2.5% ",
            .figure(.init(.records(.failed), .less, .share(Share(partsPerMillion: 25_000))))
        ),
    ]

    @Test("the forms are read", arguments: 0..<examples.count)
    func forms(_ index: Int) throws {
        #expect(try Self.parse(Self.examples[index].0) == Self.examples[index].1)
    }

    @Test("every metric is read in its simplest form", arguments: Metric.allCases)
    func metrics(_ metric: Metric) throws {
        let text =
            switch metric {
            case .latency: "\(metric.name).max < 1s"
            case .message: "\(metric.name) contains \"x\""
            case .records, .customers, .refused: "\(metric.name) == 0"
            }
        #expect(try Self.parseFigure(text)?.metric == metric)
    }

    @Test("every statistic is read", arguments: Statistic.allCases)
    func statistics(_ statistic: Statistic) throws {
        #expect(try Self.parseFigure("delivery_latency.\(statistic.rawValue) < 3s")?.statistic == statistic)
    }

    @Test("a metric takes the labels by which it can be told apart, and no other", arguments: Metric.allCases)
    func labels(_ metric: Metric) {
        let values: [Label: String] = [
            .program: "1", .group: "north", .customer: "8", .incident: "peak", .channel: "text", .modification: "0",
            .attempt: "1",
        ]
        for label in Label.allCases {
            let rest =
                switch metric {
                case .latency: ".count == 1"
                case .message: " contains \"x\""
                case .records, .customers, .refused: " == 1"
                }
            let text = "\(metric.name){\(label.rawValue):\(values[label] ?? "")}\(rest)"
            do {
                let selection = try Self.parseFigure(text)?.selection
                #expect(metric.labels.contains(label), "\(text)")
                #expect(selection != Selection())
            } catch {
                #expect(!metric.labels.contains(label), "\(text)")
                #expect("\(error)".contains("\(metric.name) is not counted by \(label.rawValue)"), "\(error)")
            }
        }
    }

    @Test(
        "percentages are for shares only",
        arguments: Metric.allCases.filter { !$0.labels.isEmpty || $0 == .refused }
    )
    func percentages(_ metric: Metric) {
        #expect(((try? Self.parse("\(metric.name) < 5%")) != nil) == metric.canBeShare)
    }

    @Test("within is for deliveries and acknowledgements only", arguments: Metric.allCases)
    func within(_ metric: Metric) {
        #expect(((try? Self.parse("\(metric.name) < 5 within 1m")) != nil) == metric.takesWithin)
    }

    @Test("an order cannot be told of a server elsewhere")
    func elsewhere() {
        let reading = Sample.read("dispatches == 13", "never text after acknowledged")
        #expect(reading.value != nil)
        #expect(reading.checked(for: .live) == reading)
        let target = reading.checked(for: .target(speed: 1))
        #expect(target.diagnostics.map(\.location) == [.init(line: 31, column: 5)])
        #expect(target.rendered.contains("a run against --target cannot tell in which order things happened"))
    }

    @Test("they carry their text and place")
    func location() {
        let expectations = Sample.read().value?.expectations ?? []
        #expect(expectations.map(\.text) == ["dispatches == 13", "acknowledged{program:1} >= 94% within 10m"])
        #expect(expectations.map(\.location) == [.init(line: 31, column: 5), .init(line: 32, column: 5)])
    }
}
