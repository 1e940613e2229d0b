/// A word of a closed list that stands in many rows. Raw values count from 0, in the order of the cases.
public protocol JournalWord: CaseIterable, RawRepresentable<UInt8>, Hashable, Sendable {
    static var words: WordTable { get }
}

extension JournalWord {
    /// As it stands in the file.
    public var name: String { Self.words.name(at: Int(rawValue)) }

    /// Its bytes live as long as the process.
    @inlinable public var bytes: UnsafeBufferPointer<UInt8> { Self.words.bytes(at: Int(rawValue)) }

    /// `nil` for what is not in the list.
    @inlinable
    public init?(bytes: UnsafeRawBufferPointer) {
        guard let index = Self.words.index(of: bytes) else { return nil }
        self.init(rawValue: UInt8(index))
    }
}

/// The cases' names in words: `rosterReplaced` as `roster.replaced`.
func names<Word: JournalWord>(of words: Word.Type, between: String) -> [String] {
    Word.allCases.map { word in
        String(describing: word).map { $0.isUppercase ? between + $0.lowercased() : String($0) }.joined()
    }
}

/// The words of a closed list as bytes: written without being copied, read without a string being made.
///
/// `@unchecked`: the bytes are written once, before anybody else has the table, and live as long as the process.
public struct WordTable: @unchecked Sendable {
    private struct Entry {
        let name: String
        let bytes: UnsafeBufferPointer<UInt8>
        let digest: UInt64
    }

    private let entries: [Entry]
    /// By the lowest bits of the digest; a place that is taken sends the next word one further. Twice as many places as words,
    /// at least, so that every search ends.
    private let places: [Int8]

    /// - Parameter names: at most 64.
    public init(_ names: [String]) {
        precondition(names.count <= 64)
        let entries = names.map { name in
            let bytes = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: max(name.utf8.count, 1))
            let (_, end) = bytes.initialize(from: name.utf8)
            let word = UnsafeBufferPointer(rebasing: UnsafeBufferPointer(bytes)[..<end])
            return Entry(name: name, bytes: word, digest: RowDigest.digest(of: UnsafeRawBufferPointer(word)))
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

    public func name(at index: Int) -> String { entries[index].name }

    public func bytes(at index: Int) -> UnsafeBufferPointer<UInt8> { entries[index].bytes }

    func digest(at index: Int) -> UInt64 { entries[index].digest }

    /// `nil` for what is not in the list.
    public func index(of bytes: UnsafeRawBufferPointer) -> Int? {
        let digest = RowDigest.digest(of: bytes)
        var place = Int(digest & 127)
        while places[place] >= 0 {
            let index = Int(places[place])
            if entries[index].digest == digest, entries[index].bytes.elementsEqual(bytes) { return index }
            place = (place + 1) & 127
        }
        return nil
    }
}
