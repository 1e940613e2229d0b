import DemandResponse
import Testing

@Suite("The rules for texts") struct TextRuleTests {
    @Test(arguments: ["Dock", "Größe 東京 🎉", "يوم", "a\u{200F}b", "e\u{301}", String(repeating: "x", count: 2_000)])
    func `take what people write`(_ text: String) { #expect(TextRule.name.refusal(of: text) == nil) }

    @Test(arguments: [
        ("a\0", "U+0000"), ("a\u{1B}[2J", "U+001B"), ("a\u{7F}", "U+007F"), ("a\u{85}", "U+0085"),
        ("a\u{2028}b", "U+2028"),
        ("\u{202E}b", "U+202E"), ("\u{2067}b", "U+2067"), ("a\nb", "U+000A"), ("a\u{FFFF}", "U+FFFF"),
    ])
    func `refuse what is not seen`(_ text: String, _ named: String) {
        #expect(TextRule.name.refusal(of: text) == "must not have the control character \(named) in it")
    }

    @Test func `let messages have lines and tabs`() {
        #expect(TextRule.message.refusal(of: "Curtail:\r\n\tall") == nil)
        #expect(TextRule.message.refusal(of: "Curtail:\u{1B}") != nil)
    }

    @Test func `count bytes`() {
        #expect(
            TextRule.eventType.refusal(of: String(repeating: "ü", count: 101)) == "must be at most 200 bytes, not 202"
        )
    }
}

@Suite("What the rules refuse of a roster") struct RosterRuleTests {
    private static let customer = Customer(id: 1, name: "Dock", program: 1, methods: [.websocket])

    @Test func `is nothing of the first one`() {
        #expect(Roster.seed.programs.allSatisfy { $0.refusals.isEmpty })
        #expect(Roster.seed.customers.allSatisfy { $0.refusals.isEmpty })
    }

    @Test func `is an id beyond the range`() {
        for id in [-1, 1_000_000_000_000_000] {
            var customer = Self.customer
            customer.id = id
            #expect(customer.refusals.map(\.field) == ["_id"])
            #expect(Program(id: id, name: "P").refusals.map(\.field) == ["_id"])
        }
    }

    @Test func `is a method that stands twice`() {
        var customer = Self.customer
        customer.methods = [.email, .text, .email]
        #expect(customer.refusals.first?.reason == "must have each number once, and has 1 (email) twice")
    }

    @Test(arguments: ["Cut {kw} kW", "{program} {custmer}", "{customer} {Start}"])
    func `is a gap that nothing fills`(_ message: String) {
        #expect(Program(id: 1, name: "P", messageTemplate: message).refusals.map(\.field) == ["message"])
    }

    @Test(arguments: ["", "e\0", String(repeating: "x", count: 201)])
    func `is a type of emergency that no event could have`(_ type: String) {
        let rules = ProgramRules(emergency: .init(types: ["storm", type], lifts: [.window]))
        #expect(Program(id: 1, name: "P", rules: rules).refusals.map(\.field) == ["emergency"])
        #expect(
            Program(id: 1, name: "P", rules: ProgramRules(emergency: .init(types: ["storm"], lifts: [.window])))
                .refusals.isEmpty
        )
    }

    @Test func `is a season whose name a scenario could not say`() {
        for (name, isTaken) in [("summer", true), ("high summer", false), ("", false)] {
            let season = YearlyRange(notation: "05-01..10-31")
            let rules = ProgramRules(seasons: season.map { [name: $0] } ?? [:])
            #expect(Program(id: 1, name: "P", rules: rules).refusals.map(\.field) == (isTaken ? [] : ["seasons"]))
        }
    }

    @Test(arguments: ["{customer}, {start}: {modification}", "{ no gap }", "{}", "{1}", "a } b {"])
    func `is no brace that is none`(_ message: String) {
        #expect(Program(id: 1, name: "P", messageTemplate: message).refusals.isEmpty)
    }
}
