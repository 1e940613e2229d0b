public import Base

/// Makes what a peer might send: packets that are right, nearly right, and not right at all. The same seed makes the same.
public struct WireGenerator {
    public var random: RandomStream

    /// A message of a WebSocket, before it is framed.
    public enum Message: Sendable {
        case text([UInt8])
        case binary([UInt8])
    }

    private static let alphabet =
        Array("0123456789-[]{}\",:/\\utfnaeb. \u{1}é\u{1E}".utf8) + [0xFF, 0xC0, 0x80, 0xED, 0xF4]
    private static let words = [
        "", "a", "message", "connect", "disconnect", "newListener", "_placeholder", "num", "sid", "token", "é", "𝄞",
        "\u{2028}",
        "constructor", "new-dispatch", "acknowledge",
    ]
    private static let namespaces = ["/", "/custom", "/a?b=c", "/" + String(repeating: "n", count: 200)]

    public init(seed: UInt64) { random = RandomStream(state: seed) }

    private mutating func oneIn(_ count: Int) -> Bool { random.below(count) == 0 }

    // MARK: JSON

    public mutating func json(depth: Int = 0) -> String {
        switch random.below(depth > 3 ? 6 : 9) {
        case 0: return random.pick(["null", "true", "false"])
        case 1: return "\(Int64(bitPattern: random.next()) >> Int64(random.below(64)))"
        case 2: return number()
        case 3...5: return string()
        case 6: return "{\"_placeholder\":true,\"num\":\(random.pick(["0", "1", "2", "-1", "1e3", "\"0\"", "0.5"]))}"
        case 7: return "[" + (0..<random.below(4)).map { _ in json(depth: depth + 1) }.joined(separator: ",") + "]"
        default:
            let members = (0..<random.below(4)).map { _ in string() + ":" + json(depth: depth + 1) }
            return "{" + members.joined(separator: random.pick([",", " , "])) + "}"
        }
    }

    private mutating func number() -> String {
        let digits = (0..<(1 + random.below(25))).map { _ in "\(random.below(10))" }.joined()
        return random.pick(["", "-"]) + digits + random.pick(["", ".5", "e3", "E-7", "e308", ".", "e"])
    }

    public mutating func string() -> String {
        var text = random.pick(Self.words)
        if oneIn(3) {
            text += random.pick(["\\n", "\\u0000", "\\ud83d\\ude00", "\\ud800", "\\u00e9", "\\/", "\\x", "\\\""])
        }
        if oneIn(20) { text += String(repeating: "x", count: random.below(3_000)) }
        return "\"" + text + "\""
    }

    // MARK: Packets

    /// A Socket.IO packet inside an Engine.IO message, its attachments behind it.
    public mutating func socketIOPacket() -> [Message] {
        let kind = random.pick([0, 0, 1, 2, 2, 2, 2, 3, 4, 5, 5, 6])
        let attachments = kind > 4 ? random.pick([1, 2, 2, 3, 10, 11]) : 0
        var text = "4\(kind)"
        if attachments > 0 { text += "\(attachments)-" }
        let namespace = random.pick(Self.namespaces)
        if namespace != "/" || oneIn(8) { text += namespace + "," }
        if kind > 1, kind != 4, oneIn(2) {
            text += random.pick(["0", "7", "12345", "9007199254740993", "99999999999999999999"])
        }
        switch kind {
        case 0, 4: if oneIn(2) { text += json() }
        case 1: break
        default:
            let arguments = (0..<(1 + random.below(3))).map { _ in json() }
            let placeholders = (0..<attachments).map { "{\"_placeholder\":true,\"num\":\($0)}" }
            text += "[" + ([string()] + arguments + placeholders).joined(separator: ",") + "]"
        }
        return [.text(damaged(Array(text.utf8)))] + (0..<attachments).map { _ in .binary(bytes(upTo: 40)) }
    }

    /// Any packet of Engine.IO.
    public mutating func engineIOPacket() -> [Message] {
        switch random.below(10) {
        case 0:
            let text = random.pick(["2probe", "3", "5", "6", "1", "2", "3probe", "0{}", "b!", "bAQIDBA==", "", "7"])
            return [.text(damaged(Array(text.utf8)))]
        case 1: return [.binary(bytes(upTo: 300))]
        default: return socketIOPacket()
        }
    }

    /// Engine.IO packets as the body of one request.
    public mutating func payload() -> [UInt8] {
        var body: [UInt8] = []
        for index in 0..<(1 + random.below(4)) {
            for message in engineIOPacket() {
                if index > 0 || !body.isEmpty { body.append(0x1E) }
                switch message {
                case .text(let text): body += text
                case .binary(let bytes): body += Array("b".utf8) + Self.base64(bytes)
                }
            }
        }
        return damaged(body)
    }

    public mutating func bytes(upTo most: Int) -> [UInt8] {
        (0..<random.below(most + 1)).map { _ in UInt8(truncatingIfNeeded: random.next()) }
    }

    /// Left as it is three times out of four.
    public mutating func damaged(_ bytes: [UInt8]) -> [UInt8] {
        var bytes = bytes
        guard oneIn(4) else { return bytes }
        for _ in 0...random.below(3) {
            let index = random.below(bytes.count + 1)
            switch random.below(4) {
            case 0: bytes.insert(random.pick(Self.alphabet), at: index)
            case 1: bytes.removeSubrange(index..<(index + random.below(bytes.count - index + 1)))
            case 2: bytes.insert(contentsOf: bytes.prefix(random.below(20)), at: index)
            default: if index < bytes.count { bytes[index] = random.pick(Self.alphabet) }
            }
        }
        return bytes
    }

    // MARK: WebSocket

    /// A message in one frame or several, with control frames between them now and then (RFC 6455 §5.4).
    public mutating func frames(_ message: Message, isMasked: Bool) -> [UInt8] {
        let (opcode, data): (UInt8, [UInt8]) =
            switch message {
            case .text(let text): (1, text)
            case .binary(let bytes): (2, bytes)
            }
        guard oneIn(4), data.count > 1 else { return frame(0x80 | opcode, data, isMasked) }
        let cut = random.below(data.count)
        var all = frame(opcode, Array(data[..<cut]), isMasked)
        if oneIn(2) { all += frame(0x89, bytes(upTo: 20), isMasked) }
        if oneIn(4) { all += frame(0x00, [], isMasked) }
        return all + frame(0x80, Array(data[cut...]), isMasked)
    }

    /// Wrong in one of a hundred.
    private mutating func frame(_ firstByte: UInt8, _ payload: [UInt8], _ isMasked: Bool) -> [UInt8] {
        var first = firstByte
        var isMasked = isMasked
        var lengthForm = payload.count < 126 ? 0 : payload.count < 65_536 ? 1 : 2
        if oneIn(100) {
            switch random.below(4) {
            case 0: first = UInt8(truncatingIfNeeded: random.next())
            case 1: isMasked.toggle()
            case 2: lengthForm = 1 + random.below(2)
            default: return bytes(upTo: 20)
            }
        }
        var frame = [first]
        let mark: UInt8 = isMasked ? 0x80 : 0
        let count = payload.count
        switch lengthForm {
        case 0: frame.append(mark | UInt8(count))
        case 1: frame += [mark | 126, UInt8(truncatingIfNeeded: count >> 8), UInt8(truncatingIfNeeded: count)]
        default:
            let length = oneIn(20) ? random.next() : UInt64(count)
            frame.append(mark | 127)
            frame += (0..<8).map { UInt8(truncatingIfNeeded: length >> ((7 - UInt64($0)) * 8)) }
        }
        guard isMasked else { return frame + payload }
        let key = (0..<4).map { _ in UInt8(truncatingIfNeeded: random.next()) }
        return frame + key + payload.enumerated().map { $1 ^ key[$0 & 3] }
    }

    /// The same bytes as a network may bring them.
    public mutating func pieces(of bytes: [UInt8]) -> [[UInt8]] {
        var pieces: [[UInt8]] = []
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = 1 + random.below(oneIn(3) ? 3 : rest.count)
            pieces.append(Array(rest.prefix(count)))
            rest = rest.dropFirst(count)
        }
        return pieces
    }

    /// RFC 4648 §4, slowly.
    private static func base64(_ bytes: [UInt8]) -> [UInt8] {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
        var text: [UInt8] = []
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = bytes[start..<min(start + 3, bytes.count)]
            let bits = group.enumerated().reduce(UInt32(0)) { $0 | UInt32($1.element) << (16 - 8 * UInt32($1.offset)) }
            text += (0..<4).map { $0 > group.count ? 0x3D : alphabet[Int(bits >> (18 - 6 * UInt32($0)) & 63)] }
        }
        return text
    }
}
