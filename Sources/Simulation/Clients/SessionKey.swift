internal import Foundation

/// `Sec-WebSocket-Key` (RFC 6455 §4.1): 16 bytes of entropy in base64.
enum SessionKey {
    static func make(using generator: inout some RandomNumberGenerator) -> String {
        let words = (generator.next(), generator.next())
        return withUnsafeBytes(of: words) { Data($0).base64EncodedString() }
    }
}
