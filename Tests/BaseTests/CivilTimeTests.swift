import Base
import Testing

@Suite("CivilTime")
struct CivilTimeTests {
    @Test(
        "a date and its seconds since 1970 agree in both directions",
        arguments: [
            (1970, 1, 1, 0, 0, 0, 0), (2000, 2, 29, 12, 0, 0, 951_825_600), (1900, 3, 1, 0, 0, 0, -2_203_891_200),
            (1900, 2, 28, 23, 59, 59, -2_203_891_201), (2021, 8, 13, 9, 53, 45, 1_628_848_425),
            (1969, 12, 31, 23, 59, 59, -1), (1, 1, 1, 0, 0, 0, -62_135_596_800),
            (9999, 12, 31, 23, 59, 59, 253_402_300_799),
            (2024, 2, 29, 23, 59, 59, 1_709_251_199), (2100, 3, 1, 0, 0, 0, 4_107_542_400),
        ]
    )
    func agree(year: Int, month: Int, day: Int, hour: Int, minute: Int, second: Int, since1970: Int64) throws {
        let time = try #require(
            CivilTime(year: year, month: month, day: day, hour: hour, minute: minute, second: second)
        )
        let instant = Timestamp(microseconds: since1970 * 1_000_000)
        #expect(time.timestamp() == instant)
        #expect(CivilTime(instant) == time)
    }

    @Test(
        "a day that the calendar does not have is refused",
        arguments: [
            (2021, 2, 29), (1900, 2, 29), (2100, 2, 29), (2021, 4, 31), (2021, 0, 1), (2021, 13, 1), (2021, 1, 0),
            (2021, 1, 32), (0, 1, 1), (10_000, 1, 1), (2021, 1, -1),
        ]
    )
    func noSuchDay(year: Int, month: Int, day: Int) {
        #expect(CivilTime(year: year, month: month, day: day, hour: 0, minute: 0) == nil)
    }

    @Test(
        "a time of day that a clock does not show is refused",
        arguments: [(24, 0, 0), (23, 60, 0), (23, 59, 60), (-1, 0, 0), (0, -1, 0), (0, 0, -1)]
    )
    func noSuchTime(hour: Int, minute: Int, second: Int) {
        #expect(CivilTime(year: 2021, month: 1, day: 1, hour: hour, minute: minute, second: second) == nil)
    }

    @Test("every day from 1890 to 2110 follows the one before, in date and in day of the week")
    func consecutive() throws {
        var time = try #require(CivilTime(year: 1890, month: 1, day: 1, hour: 6, minute: 7, second: 8))
        #expect(time.dayOfWeek == 3)
        while time.year < 2110 {
            let next = CivilTime(time.timestamp() + .hours(24))
            let isNextDay = next.day == time.day + 1 && next.month == time.month
            let isNextMonth = next.day == 1 && (next.month == time.month + 1 || (next.month == 1 && time.month == 12))
            guard isNextDay || isNextMonth, next.dayOfWeek == (time.dayOfWeek + 1) % 7,
                CivilTime(year: next.year, month: next.month, day: next.day, hour: 6, minute: 7, second: 8) == next
            else {
                Issue.record("\(time) is followed by \(next)")
                return
            }
            time = next
        }
    }

    @Test("parts of a second are dropped, before 1970 too")
    func fractions() {
        #expect(CivilTime(Timestamp(microseconds: 999_999)).second == 0)
        #expect(CivilTime(Timestamp(microseconds: -1)).second == 59)
    }

    @Test("an offset east of UTC shows later clocks and names earlier instants")
    func offsets() {
        let instant = Timestamp(microseconds: 1_566_948_600_000_000)
        let time = CivilTime(instant, secondsFromUTC: 5 * 3_600 + 1_800)
        #expect(time.day == 28)
        #expect(time.hour == 5)
        #expect(time.timestamp(secondsFromUTC: 5 * 3_600 + 1_800) == instant)
    }
}
