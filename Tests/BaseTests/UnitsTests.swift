import Base
import Testing

@Suite struct UnitsTests {
    @Test(arguments: [
        (0, "0 s"), (840, "840 µs"), (999, "999 µs"), (1_000, "1.00 ms"), (4_625, "4.63 ms"), (46_249, "46.2 ms"),
        (462_499, "462 ms"), (999_499, "999 ms"), (999_500, "1.00 s"), (1_240_000, "1.24 s"), (12_440_000, "12.4 s"),
        (59_949_999, "59.9 s"), (59_950_000, "1 m 00 s"), (372_000_000, "6 m 12 s"), (3_599_499_999, "59 m 59 s"),
        (3_599_500_000, "1 h 00 m"), (7_500_000_000, "2 h 05 m"), (86_369_499_999, "23 h 59 m"),
        (86_369_500_000, "1 d 00 h"), (180_000_000_000, "2 d 02 h"), (-1_240_000, "-1.24 s"),
    ])
    func lengthsOfTimeHaveThreeDigitsOrTwoUnits(microseconds: Int64, text: String) {
        #expect(Units.text(.microseconds(microseconds)) == text)
    }

    @Test(arguments: [
        (0, 10, "0.0 %"), (1, 100_000, "0.1 %"), (99_999, 100_000, "99.9 %"), (10, 10, "100.0 %"),
        (958, 1_001, "95.7 %"),
        (0, 0, ""),
    ])
    func onlyAllAreAHundredPercentAndOnlyNoneZero(count: Int, total: Int, text: String) {
        #expect(Units.share(count, of: total) == text)
    }

    @Test func largeNumbersAreGrouped() {
        #expect(
            [0, 12, 999, 1_000, 200_000, 1_234_567].map(Units.count) == [
                "0", "12", "999", "1,000", "200,000", "1,234,567",
            ]
        )
        #expect(Units.rate(1_195.4) == "1,195/s")
        #expect(Units.rate(0.1157, of: "dispatches") == "0.1 dispatches/s")
        #expect(Units.rate(.infinity) == "?/s")
    }

    @Test(arguments: [
        (1, "1 µs"), (50_000, "50 ms"), (1_000_000, "1 s"), (600_000_000, "10 m"), (7_200_000_000, "2 h"),
        (172_800_000_000, "2 d"),
    ])
    func aRoundLengthHasNoDecimals(microseconds: Int64, text: String) {
        #expect(Units.round(.microseconds(microseconds)) == text)
    }

    @Test(arguments: [(0, "0"), (1_000, "1"), (1_500, "1.5"), (1_050, "1.05"), (12_001, "12.001")])
    func exactDecimalsAreAsManyAsThereAre(thousandths: Int64, text: String) {
        #expect(Units.exact(thousandths, per: 1_000) == text)
    }
}
