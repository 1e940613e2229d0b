internal import DemandResponse
internal import Foundation

/// Turns inputs and effects into rows: what the journal holds of them, and what a replay compares.
public struct JournalEncoder {
    /// Most of a customer base gets the same words: the digest of the last message is kept.
    private var lastMessage: (text: String, digest: Int64) = ("", contentDigest(of: ""))

    public init() {}

    mutating func digest(of message: String) -> Int64 {
        if message != lastMessage.text { lastMessage = (message, contentDigest(of: message)) }
        return lastMessage.digest
    }
}

/// The JSON of a `detail`, keys sorted; an encoder that fails leaves words that say so rather than losing the row.
func detail(_ value: some Encodable) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    do {
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    } catch {
        return "not encodable: \(error)"
    }
}
