import Base
import DemandResponse
import Testing
import Measures

@Suite struct PopulationTests {
    private static func population(_ values: some Sequence<Int>, endless: Int = 0) -> Population {
        Population(values.map { .seconds(Int64($0)) }, endless: endless)
    }

    /// By the definition, sample by sample.
    private static func nearestRank(_ values: [Int], perMille: Int) -> Int? {
        values.sorted().first { candidate in
            values.count { $0 <= candidate } * 1_000 >= perMille * values.count
        }
    }

    @Test(arguments: [1, 2, 3, 9, 10, 11, 19, 20, 99, 100, 101, 999, 1_000, 1_001])
    func percentilesAreTheNearestRankOfTheDefinition(count: Int) {
        var state: UInt64 = 42
        let values = (0..<count).map { _ in
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 40) % 500
        }
        let population = Self.population(values)
        for perMille in [500, 900, 950, 990, 999] {
            let needed = (1_000 + (1_000 - perMille) - 1) / (1_000 - perMille)
            let expected: Population.Value? =
                count < needed
                ? .withheld(needed: needed)
                : Self.nearestRank(values, perMille: perMille).map { .span(.seconds(Int64($0))) }
            #expect(population.percentile(perMille: perMille) == expected)
        }
    }

    @Test func thoseThatNeverEndedAreLaterThanAnyValue() {
        // 97 answered after 1 to 97 s, 3 never: p95 is the 95th of 100, p99 falls among the silent.
        let population = Self.population(1...97, endless: 3)
        #expect(population.count == 100)
        #expect(population.percentile(perMille: 950) == .span(.seconds(95)))
        #expect(population.percentile(perMille: 990) == .never)
        #expect(population.minimum == .span(.seconds(1)))
        #expect(population.maximum == .never)
        #expect(population.mean == .never)
    }

    @Test func ofNoSamplesThereIsNoStatistic() {
        let population = Population([])
        #expect(population.percentile(perMille: 500) == .empty)
        #expect(population.minimum == .empty)
        #expect(population.maximum == .empty)
        #expect(population.mean == .empty)
    }

    @Test func ofSilenceAloneEveryStatisticIsNever() {
        let population = Population([], endless: 2)
        #expect(population.percentile(perMille: 500) == .never)
        #expect(population.minimum == .never)
    }

    @Test func theMeanIsInWholeMicroseconds() {
        #expect(Population([.microseconds(1), .microseconds(2)]).mean == .span(.microseconds(1)))
        #expect(Self.population([1, 2, 6]).mean == .span(.seconds(3)))
    }

    @Test func theThousandthThousandthIsTheMaximum() {
        #expect(Self.population([3, 1, 2]).percentile(perMille: 1_000) == .span(.seconds(3)))
        #expect(Self.population([3, 1, 2], endless: 1).percentile(perMille: 1_000) == .never)
    }
}
