internal import DemandResponse

/// Words in which a customer's own name and id stand, made equal for all customers: `Site 17 operator` becomes `{name} operator`,
/// `charger 17` becomes `charger {id}`.
enum PersonalWords {
    static func withoutName(_ text: String, _ name: String?) -> String {
        guard let name, !name.isEmpty else { return text }
        return replacing(name, in: text, with: "{name}")
    }

    static func withoutNameAndID(_ text: String, _ name: String?, _ id: Customer.ID) -> String {
        replacing(String(id), in: withoutName(text, name), with: "{id}")
    }

    /// In a live run an incident's times are those of the day.
    static func withoutPeriod(_ text: String, _ period: Incident.Period) -> String {
        let text = replacing(period.startText, in: text, with: "{start}")
        return period.endText.map { replacing($0, in: text, with: "{end}") } ?? text
    }

    /// Where it stands as a word of its own: the customer `Al` is not in `Also`.
    private static func replacing(_ word: String, in text: String, with mark: String) -> String {
        let text = Array(text.utf8)
        let word = Array(word.utf8)
        guard !word.isEmpty, text.count >= word.count else { return String(decoding: text, as: UTF8.self) }
        var result: [UInt8] = []
        result.reserveCapacity(text.count)
        var index = 0
        while index < text.count {
            let end = index + word.count
            if end <= text.count, text[index] == word[0], text[index..<end].elementsEqual(word),
                index == 0 || !isInWord(text[index - 1]), end == text.count || !isInWord(text[end])
            {
                result += Array(mark.utf8)
                index = end
            } else {
                result.append(text[index])
                index += 1
            }
        }
        return String(decoding: result, as: UTF8.self)
    }

    /// Every byte of a letter beyond ASCII is one.
    private static func isInWord(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "a")...UInt8(ascii: "z"), 0x80...:
            true
        default: false
        }
    }
}
