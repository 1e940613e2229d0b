import Base
import Testing

@Suite("ZonedTime")
struct ZonedTimeTests {
    static let pacific = "America/Los_Angeles"

    @Test(
        "a local time is read in the zone, in either notation",
        arguments: [
            ("08/27/2019 21:00", "2019-08-28T04:00:00Z"), ("2019-08-27T21:00", "2019-08-28T04:00:00Z"),
            ("2019-08-27T21:00:30", "2019-08-28T04:00:30Z"), ("2019-08-27 21:00", "2019-08-28T04:00:00Z"),
            ("2019-08-27T21:00:30.5", "2019-08-28T04:00:30.500000Z"), ("01/27/2019 21:00", "2019-01-28T05:00:00Z"),
            ("2019-08-27T21:00:30.123456789", "2019-08-28T04:00:30.123456Z"),
            ("02/29/2020 00:00", "2020-02-29T08:00:00Z"),
        ]
    )
    func local(text: String, instant: String) {
        #expect(ZonedTime.timestamp(text, zone: Self.pacific)?.iso8601 == instant)
    }

    @Test(
        "a time that names its offset does not depend on the zone",
        arguments: [
            ("2019-08-27T21:00Z", "2019-08-27T21:00:00Z"), ("2019-08-27t21:00:00z", "2019-08-27T21:00:00Z"),
            ("2019-08-27T21:00:00-07:00", "2019-08-28T04:00:00Z"), ("2019-08-27T21:00:00+0530", "2019-08-27T15:30:00Z"),
            ("2019-08-27T21:00+00:00", "2019-08-27T21:00:00Z"),
            ("2019-08-27T21:00:00.25-07:00", "2019-08-28T04:00:00.250000Z"),
        ]
    )
    func offset(text: String, instant: String) {
        for zone in [Self.pacific, "Asia/Kathmandu", "UTC"] {
            #expect(ZonedTime.timestamp(text, zone: zone)?.iso8601 == instant)
        }
    }

    @Test(
        "a time in the gap of a spring-forward change is moved forward by the gap",
        arguments: [
            ("2021-03-14T01:59", "2021-03-14T09:59:00Z"), ("2021-03-14T02:00", "2021-03-14T10:00:00Z"),
            ("2021-03-14T02:30", "2021-03-14T10:30:00Z"), ("2021-03-14T02:59:59", "2021-03-14T10:59:59Z"),
            ("2021-03-14T03:00", "2021-03-14T10:00:00Z"), ("03/14/2021 02:30", "2021-03-14T10:30:00Z"),
        ]
    )
    func gap(text: String, instant: String) {
        #expect(ZonedTime.timestamp(text, zone: Self.pacific)?.iso8601 == instant)
    }

    @Test(
        "a time that a fall-back change makes happen twice is its first occurrence",
        arguments: [
            ("2021-11-07T00:59", "2021-11-07T07:59:00Z"), ("2021-11-07T01:00", "2021-11-07T08:00:00Z"),
            ("2021-11-07T01:30", "2021-11-07T08:30:00Z"), ("2021-11-07T01:59:59", "2021-11-07T08:59:59Z"),
            ("2021-11-07T02:00", "2021-11-07T10:00:00Z"), ("11/07/2021 01:30", "2021-11-07T08:30:00Z"),
        ]
    )
    func double(text: String, instant: String) {
        #expect(ZonedTime.timestamp(text, zone: Self.pacific)?.iso8601 == instant)
    }

    @Test(
        "zones far from Greenwich and changes of half an hour are read too",
        arguments: [
            ("Pacific/Kiritimati", "2021-06-01T01:00", "2021-05-31T11:00:00Z"),
            ("Pacific/Pago_Pago", "2021-06-01T23:00", "2021-06-02T10:00:00Z"),
            ("Australia/Lord_Howe", "2021-10-03T02:15", "2021-10-02T15:45:00Z"),
            ("Australia/Lord_Howe", "2021-04-04T01:45", "2021-04-03T14:45:00Z"),
            ("Asia/Kolkata", "1965-06-01T00:00", "1965-05-31T18:30:00Z"),
        ]
    )
    func zones(zone: String, text: String, instant: String) {
        #expect(ZonedTime.timestamp(text, zone: zone)?.iso8601 == instant)
    }

    @Test(
        "what is not a time is refused",
        arguments: [
            "", "now", "08/27/2019", "8/27/2019 21:00", "08/27/2019 9:00", "08/27/2019 21:00 ", " 08/27/2019 21:00",
            "27/08/2019 21:00", "08/27/2019T21:00", "08/27/19 21:00", "02/29/2019 10:00", "08/27/2019 24:00",
            "2019-08-27", "2019-08-27T21", "2019-08-27T21:0", "2019-08-27T21:60", "2019-08-27T21:00:61",
            "2019-08-27T21:00:00.", "2019-08-27T21:00:00.1234567890", "2019-08-27T21:00:00+", "2019-08-27T21:00:00+7",
            "2019-08-27T21:00:00+24:00", "2019-08-27T21:00:00ZZ", "2019-8-27T21:00", "2019-08-27T21:00 Z",
            "２０19-08-27T21:00", "-019-08-27T21:00", "0000-01-01T00:00", "1566939600",
        ]
    )
    func refused(text: String) {
        #expect(ZonedTime.timestamp(text, zone: Self.pacific) == nil)
    }

    @Test("an unknown zone is refused", arguments: ["", "Pacific", "America/Springfield", "../etc/passwd"])
    func unknownZone(zone: String) {
        #expect(ZonedTime.timestamp("08/27/2019 21:00", zone: zone) == nil)
        #expect(!ZonedTime.isKnown(zone: zone))
        #expect(ZonedTime.isKnown(zone: Self.pacific))
    }

    @Test(
        "an offset is read and written as ISO 8601 has it",
        arguments: [
            ("2019-08-27T21:00:00-07:00", -25_200, "-07:00"), ("2019-08-27T21:00+0530", 19_800, "+05:30"),
            ("2019-08-27T21:00Z", 0, "Z"), ("2019-08-27T21:00+00:00", 0, "Z"),
        ]
    )
    func offsets(text: String, seconds: Int, written: String) {
        #expect(ZonedTime.secondsFromUTC(writtenIn: text) == seconds)
        #expect(ZonedTime.text(ofOffset: seconds) == written)
    }

    @Test(
        "a date's hyphens are no offset",
        arguments: ["2019-08-27T21:00", "2019-08-27 21:00:30.5", "08/27/2019 21:00"]
    )
    func hyphens(text: String) {
        #expect(ZonedTime.secondsFromUTC(writtenIn: text) == nil)
    }

    @Test("an instant is told as the clocks of a zone show it, summer and winter")
    func told() {
        let summer = Timestamp(microseconds: 1_566_939_600_250_000)
        #expect(summer.iso8601(zone: Self.pacific) == "2019-08-27T14:00:00.250000-07:00")
        #expect((summer + .hours(24 * 120)).iso8601(zone: Self.pacific) == "2019-12-25T13:00:00.250000-08:00")
        #expect(summer.iso8601(zone: "Nowhere/Else") == "2019-08-27T21:00:00.250000+00:00")
    }

    @Test("every zone that is taken can be read")
    func everyKnownZone() {
        #expect(ZonedTime.knownZones.count > 550)
        for zone in ZonedTime.knownZones {
            #expect(ZonedTime.timestamp("08/27/2019 21:00", zone: zone) != nil, "\(zone)")
        }
    }

    @Test(
        "a time in the gap is told with what it became",
        arguments: [
            ("03/14/2027 02:30", "03/14/2027 02:30 (03:30, since clocks are set forward)"),
            ("2027-03-14T02:00:00", "2027-03-14T02:00:00 (03:00, since clocks are set forward)"),
            ("03/14/2027 03:30", "03/14/2027 03:30"), ("11/07/2027 01:30", "11/07/2027 01:30"),
            ("2027-03-14T02:30:00-08:00", "2027-03-14T02:30:00-08:00"), ("2027-03-14T10:30Z", "2027-03-14T10:30Z"),
        ]
    )
    func gap(text: String, words: String) throws {
        let instant = try #require(ZonedTime.timestamp(text, zone: Self.pacific))
        #expect(ZonedTime.words(text, read: instant, zone: Self.pacific) == words)
    }
}
