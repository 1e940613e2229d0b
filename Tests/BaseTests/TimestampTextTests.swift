import Base
import Testing

@Suite("Timestamp as text")
struct TimestampTextTests {
    @Test(
        "an HTTP date is the IMF-fixdate of RFC 9110",
        arguments: [
            (1_628_848_425_000_000, "Fri, 13 Aug 2021 09:53:45 GMT"),
            (784_111_777_000_000, "Sun, 06 Nov 1994 08:49:37 GMT"),
            (1_628_848_425_999_999, "Fri, 13 Aug 2021 09:53:45 GMT"), (0, "Thu, 01 Jan 1970 00:00:00 GMT"),
            (-1, "Wed, 31 Dec 1969 23:59:59 GMT"), (1_582_934_400_000_000, "Sat, 29 Feb 2020 00:00:00 GMT"),
        ] as [(Int64, String)]
    )
    func httpDate(microseconds: Int64, text: String) {
        #expect(Timestamp(microseconds: microseconds).httpDate == text)
    }

    @Test(
        "an RFC 3339 time has a fraction only when there is one",
        arguments: [
            (1_628_848_425_000_000, "2021-08-13T09:53:45Z"), (1_628_848_425_123_456, "2021-08-13T09:53:45.123456Z"),
            (1_628_848_425_000_001, "2021-08-13T09:53:45.000001Z"), (-1, "1969-12-31T23:59:59.999999Z"),
            (-1_000_000, "1969-12-31T23:59:59Z"), (-62_135_596_800_000_000, "0001-01-01T00:00:00Z"),
        ] as [(Int64, String)]
    )
    func iso8601(microseconds: Int64, text: String) {
        let instant = Timestamp(microseconds: microseconds)
        #expect(instant.iso8601 == text)
        #expect(ZonedTime.timestamp(text, zone: "America/Los_Angeles") == instant)
    }

    @Test("instants and spans add up and compare")
    func arithmetic() {
        let start = Timestamp(microseconds: 1_566_939_600_000_000)
        var end = start + .hours(1)
        #expect(end - start == .minutes(60))
        #expect(end - .seconds(3_600) == start)
        #expect(start < end)
        end += .milliseconds(1_500)
        #expect(end - start == .seconds(3_601) + .microseconds(500_000))
        #expect(Span.minutes(1) - .seconds(61) < .zero)
    }
}
