import Base
import DemandResponse
import Testing

@Suite("The seed roster")
struct RosterSeedTests {
    @Test("holds the five programs and eight customers of the first version")
    func names() {
        #expect(
            Roster.seed.programs.map { "\($0.id) \($0.name)" } == [
                "1 Green Mountain Energy Cool Mornings", "2 PG&E Easy Nights", "3 Festus Kilowatts Saver",
                "4 New Power New Grid", "5 Funny Games Power Saver",
            ]
        )
        #expect(
            Roster.seed.customers.map { "\($0.id) \($0.name) (\($0.program)) \($0.methods.map(\.rawValue))" } == [
                "1 Keroche Wine (1) [1, 2, 3]", "2 Tyson Food (1) [1, 2, 3]", "3 Wallmart SF HQ (2) [1, 2, 3, 4]",
                "4 Amazon Wareshouse (2) [1, 2, 3]", "5 Bacon Steal Meals (3) [1, 2, 3]",
                "6 Simba Jungle Food Produceee (3) [1, 2, 3]", "7 Walmart4 (4) [1, 2, 3]",
                "8 Customer - no dipatch (5) []",
            ]
        )
    }

    @Test("names nobody's address and nobody's number")
    func contacts() {
        for customer in Roster.seed.customers {
            #expect(customer.address == "Highway 71")
            #expect(customer.email.hasSuffix(".example"))
            #expect(customer.phone.dropFirst(5).hasPrefix("55501"))
            #expect(customer.phone.count == 12)
        }
        #expect(Set(Roster.seed.customers.map(\.phone)).count == 8)
        #expect(Set(Roster.seed.customers.map(\.email)).count == 8)
    }

    @Test("reads times in a zone that exists")
    func zones() {
        for program in Roster.seed.programs { #expect(ZonedTime.isKnown(zone: program.timeZone)) }
    }
}
