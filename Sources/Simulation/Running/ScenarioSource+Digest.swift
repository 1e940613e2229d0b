internal import Crypto
internal import Foundation
public import Scenarios

extension ScenarioSource {
    /// Of the text, in hexadecimal: what tells whether a record is of the scenario as it stands.
    public var sha256: String {
        SHA256.hash(data: Data(text.utf8)).map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }
}
