/// Guesses what was meant by a word that is not known.
enum Spelling {
    /// The known word nearest to this one, if one is near enough to be meant.
    static func nearest(to word: String, among known: some Sequence<String>) -> String? {
        let word = Array(word.lowercased().utf8.prefix(64))
        let limit = max(1, word.count / 3)
        var best: (word: String, distance: Int)?
        for candidate in known {
            let distance = distance(word, Array(candidate.lowercased().utf8.prefix(64)))
            if distance <= limit, distance < best?.distance ?? .max { best = (candidate, distance) }
        }
        return best?.word
    }

    /// `did you mean 'x'?`, else the list of what is known.
    static func help(_ word: String, among known: [String], called plural: String) -> String {
        let list = "known \(plural): \(known.joined(separator: ", "))"
        guard let nearest = nearest(to: word, among: known) else { return list }
        return "did you mean '\(nearest)'? (\(list))"
    }

    /// Optimal string alignment: insertions, deletions, substitutions, and swaps of neighbours.
    private static func distance(_ a: [UInt8], _ b: [UInt8]) -> Int {
        var beforeLast = [Int](repeating: 0, count: b.count + 1)
        var last = Array(0...b.count)
        for (i, x) in a.enumerated() {
            var row = [i + 1]
            row.reserveCapacity(b.count + 1)
            for (j, y) in b.enumerated() {
                var cost = min(last[j] + (x == y ? 0 : 1), last[j + 1] + 1, row[j] + 1)
                if i > 0, j > 0, x == b[j - 1], a[i - 1] == y { cost = min(cost, beforeLast[j - 1] + 1) }
                row.append(cost)
            }
            beforeLast = last
            last = row
        }
        return last[b.count]
    }
}
