internal import Base

/// What a text may be that somebody gives the dispatcher. The same holds at every edge: in scenarios, roster files, imports, REST and
/// Socket.IO; a text that one of them took can be told in all others.
public struct TextRule: Hashable, Sendable {
    /// In bytes of UTF-8.
    public let longest: Int
    /// Whether line breaks and tabs may be in it.
    private let hasLines: Bool

    /// Of a program or a customer, an electronic address or a telephone number.
    public static let name = TextRule(longest: 2_000, hasLines: false)
    /// A message or the address of a site, which people may write on several lines.
    public static let message = TextRule(longest: 2_000, hasLines: true)
    /// What a client, a carrier or an operator says beside: by whom, when, why.
    public static let remark = TextRule(longest: 1_000, hasLines: false)
    /// An event's type, and how messages say its times.
    public static let eventType = TextRule(longest: 200, hasLines: false)
    /// What is told of a scenario, and goes nowhere.
    public static let description = TextRule(longest: 100_000, hasLines: true)

    /// Why a text is not taken, to be said behind its name, as `must be at most 200 bytes, not 201`; `nil`: it is taken.
    ///
    /// What is not seen, and what turns the direction of writing around, would let a text pass for another one.
    public func refusal(of text: String) -> String? {
        guard text.utf8.count <= longest else { return "must be at most \(longest) bytes, not \(text.utf8.count)" }
        // Nearly every text is such a one.
        if text.utf8.allSatisfy({ (0x20..<0x7F).contains($0) }) { return nil }
        let refused = text.unicodeScalars.first { scalar in
            !scalar.isPrintable && !(hasLines && (scalar == "\n" || scalar == "\r" || scalar == "\t"))
        }
        return refused.map { "must not have the control character \($0.codePoint) in it" }
    }
}

/// What is wrong with a field of a program or a customer.
public struct FieldRefusal: Hashable, Sendable {
    /// As exports and imports call it.
    public let field: String
    /// To be said behind the field's name: `must …`.
    public let reason: String
}

extension Roster {
    /// The ids that programs and customers can have: what JSON's numbers carry everywhere, rounded down.
    public static let ids = 0...999_999_999_999_999

    fileprivate static func refusal(ofID id: Int) -> FieldRefusal? {
        guard !ids.contains(id) else { return nil }
        return FieldRefusal(field: "_id", reason: "must be from \(ids.lowerBound) to \(ids.upperBound), not \(id)")
    }
}

extension Program {
    /// Everything that the rules for programs refuse of this one.
    public var refusals: [FieldRefusal] {
        let message = messageTemplate.flatMap { message in
            TextRule.message.refusal(of: message) ?? MessageTemplate.refusal(of: message)
        }
        let season = rules?.seasons.keys.sorted().first { !Customer.isGroupName($0) }
        return [
            Roster.refusal(ofID: id), FieldRefusal("name", TextRule.name.refusal(of: name)),
            FieldRefusal("message", message),
            FieldRefusal(
                "seasons",
                season.map { "must have names of letters, digits, '.', '_' and '-', at most 100, not \($0.prefix(60))" }
            ),
            FieldRefusal(
                "emergency",
                rules?.emergency?.types.lazy.compactMap { type in
                    type.isEmpty ? "must not have an empty type" : TextRule.eventType.refusal(of: type)
                }.first
            ),
        ].compactMap { $0 }
    }
}

extension Customer {
    /// Everything that the rules for customers refuse of this one.
    public var refusals: [FieldRefusal] {
        let twice = methods.indices.first { methods[..<$0].contains(methods[$0]) }.map { methods[$0] }
        return [
            Roster.refusal(ofID: id), FieldRefusal("name", TextRule.name.refusal(of: name)),
            FieldRefusal("address", TextRule.message.refusal(of: address)),
            FieldRefusal("phone", TextRule.name.refusal(of: phone)),
            FieldRefusal("email", TextRule.name.refusal(of: email)),
            FieldRefusal(
                "dispatchTypes",
                twice.map { "must have each number once, and has \($0.rawValue) (\($0.name)) twice" }
            ),
        ].compactMap { $0 }
    }
}

extension FieldRefusal {
    fileprivate init?(_ field: String, _ reason: String?) {
        guard let reason else { return nil }
        self.init(field: field, reason: reason)
    }
}
