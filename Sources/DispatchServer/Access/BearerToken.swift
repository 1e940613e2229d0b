public import Base
internal import Crypto
public import DispatchStore
internal import Foundation

/// A bearer token (RFC 6750) as its bearer has it: `gd_<id>_<secret>`, shown once when it is made.
///
/// The id, 16 hexadecimal digits, finds the row; the secret, 43 characters of base64url, is 256 bits of entropy.
public struct BearerToken: Sendable {
    static let mostCharacters = 128

    public let id: String
    private let secret: String

    /// The whole token.
    public var text: String { "gd_\(id)_\(secret)" }

    /// A new one.
    public init(using generator: inout some RandomNumberGenerator) {
        let digits = String(generator.next() as UInt64, radix: 16)
        id = String(repeating: "0", count: 16 - digits.count) + digits
        let bytes = (0..<32).map { _ in UInt8.random(in: 0...255, using: &generator) }
        secret = Data(bytes).base64EncodedString()
            .replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }

    /// Reads what somebody presents; `nil` if it does not even look like a token.
    public init?(_ text: String) {
        guard text.utf8.count <= Self.mostCharacters, text.hasPrefix("gd_") else { return nil }
        let parts = text.dropFirst(3).split(separator: "_", maxSplits: 1)
        guard parts.count == 2, parts[0].utf8.count == 16, !parts[1].isEmpty,
            parts[0].utf8.allSatisfy({ "0123456789abcdef".utf8.contains($0) })
        else { return nil }
        id = String(parts[0])
        secret = String(parts[1])
    }

    var secretHash: [UInt8] { Array(SHA256.hash(data: Data(secret.utf8))) }

    /// Takes the same time whether the first byte differs or the last.
    func matches(_ token: AccessToken) -> Bool {
        let own = secretHash
        guard own.count == token.secretHash.count else { return false }
        return zip(own, token.secretHash).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }

    /// The row that stands for it.
    public func stored(
        name: String,
        role: AccessRole,
        createdAt: Timestamp,
        expiresAt: Timestamp? = nil
    ) -> AccessToken {
        AccessToken(
            id: id,
            name: name,
            role: role,
            secretHash: secretHash,
            createdAt: createdAt,
            expiresAt: expiresAt
        )
    }
}
