internal import Crypto
internal import Foundation
public import Scenarios

extension ScenarioSource {
    /// Of the text and of what it includes, in hexadecimal: what tells whether a record is of the scenario as it stands.
    public var sha256: String {
        let texts = [text] + included.flatMap { [$0.name, $0.text] }
        return SHA256.hash(data: Data(texts.joined(separator: "\0").utf8)).map {
            String($0 >> 4, radix: 16) + String($0 & 15, radix: 16)
        }.joined()
    }
}
