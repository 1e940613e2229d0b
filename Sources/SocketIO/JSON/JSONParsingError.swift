/// Why a text is not JSON, and at which byte.
public struct JSONParsingError: Error, Hashable, Sendable, CustomStringConvertible {
    public enum Code: String, Sendable {
        case unexpectedEnd = "the text ends too early"
        case unexpectedByte = "unexpected character"
        case trailingBytes = "something follows the value"
        case tooDeep = "nested more than 64 levels deep"
        case invalidNumber = "not a number"
        case invalidEscape = "not an escape"
        case controlCharacter = "a control character stands in a string"
        case invalidUTF8 = "not UTF-8"
    }

    public let code: Code
    /// Zero-based, in bytes, from the start of the text that was handed in.
    public let offset: Int

    public init(_ code: Code, at offset: Int) {
        self.code = code
        self.offset = offset
    }

    public var description: String { "\(code.rawValue), at byte \(offset)" }
}
