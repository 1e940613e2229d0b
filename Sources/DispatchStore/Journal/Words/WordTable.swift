/// A word of a closed list that stands in many rows.
protocol JournalWord: CaseIterable, RawRepresentable<UInt8>, Sendable {
    var name: String { get }
    static var words: WordTable<Self> { get }
}

/// The words of a closed list as bytes: written without being copied, read without a string being made.
///
/// `@unchecked`: the bytes are written once, before anybody else has the table, and live as long as the process.
struct WordTable<Word: JournalWord>: @unchecked Sendable {
    private struct Entry {
        let word: Word
        let bytes: UnsafeBufferPointer<UInt8>
        let digest: UInt64
    }

    /// By raw value.
    private let entries: [Entry]
    /// By the lowest bits of the digest; a place that is taken sends the next word one further. Twice as many places as words,
    /// at least, so that every search ends.
    private let places: [Int8]

    init() {
        let entries = Word.allCases.map { word in
            let bytes = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: max(word.name.utf8.count, 1))
            let (_, end) = bytes.initialize(from: word.name.utf8)
            let name = UnsafeBufferPointer(rebasing: UnsafeBufferPointer(bytes)[..<end])
            return Entry(word: word, bytes: name, digest: RowDigest.digest(of: UnsafeRawBufferPointer(name)))
        }
        var places = [Int8](repeating: -1, count: 128)
        for (index, entry) in entries.enumerated() {
            var place = Int(entry.digest & 127)
            while places[place] >= 0 { place = (place + 1) & 127 }
            places[place] = Int8(index)
        }
        self.entries = entries
        self.places = places
    }

    func bytes(of word: Word) -> UnsafeBufferPointer<UInt8> { entries[Int(word.rawValue)].bytes }

    func digest(of word: Word) -> UInt64 { entries[Int(word.rawValue)].digest }

    /// `nil` for what is not in the list.
    func word(_ bytes: UnsafeRawBufferPointer) -> Word? {
        let digest = RowDigest.digest(of: bytes)
        var place = Int(digest & 127)
        while places[place] >= 0 {
            let entry = entries[Int(places[place])]
            if entry.digest == digest, entry.bytes.elementsEqual(bytes) { return entry.word }
            place = (place + 1) & 127
        }
        return nil
    }
}
