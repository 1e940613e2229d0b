/// Engine.IO session ids: 20 characters of base64url, 120 bits of the given entropy.
public enum SessionIDs {
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)

    public static func make(using generator: inout some RandomNumberGenerator) -> String {
        var words = (generator.next(), generator.next())
        return String(unsafeUninitializedCapacity: 20) { characters in
            for index in 0..<20 {
                if index < 10 {
                    characters[index] = alphabet[Int(words.0 & 63)]
                    words.0 >>= 6
                } else {
                    characters[index] = alphabet[Int(words.1 & 63)]
                    words.1 >>= 6
                }
            }
            return 20
        }
    }

    /// From the system's entropy.
    public static func random() -> String {
        var generator = SystemRandomNumberGenerator()
        return make(using: &generator)
    }
}
