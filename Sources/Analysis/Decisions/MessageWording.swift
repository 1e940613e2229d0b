/// Tells how the words of a message changed, by the words around the place.
enum MessageWording {
    private static let longest = 12

    /// `now says "… a full plan …"; said "… your full curtailment plan …"`
    static func change(from old: String, to new: String) -> String {
        let (oldWords, newWords) = (words(old), words(new))
        let head = zip(oldWords, newWords).prefix { $0 == $1 }.count
        let room = min(oldWords.count, newWords.count) - head
        let tail = zip(oldWords.reversed(), newWords.reversed()).prefix { $0 == $1 }.count
        let end = min(tail, room)
        return "now says \(excerpt(newWords, head, end)); said \(excerpt(oldWords, head, end))"
    }

    private static func words(_ text: String) -> [Substring] {
        text.split(separator: " ", omittingEmptySubsequences: false)
    }

    /// The words that differ, with one more on either side.
    private static func excerpt(_ words: [Substring], _ head: Int, _ tail: Int) -> String {
        let start = max(0, head - 1)
        let end = min(words.count, words.count - tail + 1)
        let shown = words[start..<max(start, end)]
        let isLong = shown.count > longest
        let text = shown.prefix(longest).joined(separator: " ")
        return "\"\(start > 0 ? "… " : "")\(text)\(isLong || end < words.count ? " …" : "")\""
    }
}
