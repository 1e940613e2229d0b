import Base
@testable import SocketIO
import TestSupport
import Testing

@Suite struct UTF8CheckTests {
    @Test("every character is well-formed") func everyScalar() {
        var refused: [UInt32] = []
        for value in UInt32(0)...0x10FFFF {
            guard let scalar = Unicode.Scalar(value), let units = UTF8.encode(scalar) else { continue }
            if !Array(units).withUnsafeBytes(isWellFormedUTF8) { refused.append(value) }
        }
        #expect(refused == [])
    }

    @Test("it agrees with the standard library on every pair and on many longer runs of bytes")
    func runs() {
        var wrong: [[UInt8]] = []
        func check(_ bytes: [UInt8]) {
            let isText = String(validating: bytes, as: UTF8.self) != nil
            if bytes.withUnsafeBytes(isWellFormedUTF8) != isText { wrong.append(bytes) }
        }
        for first in UInt8.min...UInt8.max {
            for second in UInt8.min...UInt8.max { check([first, second]) }
        }
        var random = RandomStream(state: 3)
        for _ in 0..<20_000 {
            let length = Int.random(in: 0...12, using: &random)
            check((0..<length).map { _ in Self.interesting.randomElement(using: &random) ?? 0 })
        }
        #expect(wrong == [])
    }

    private static let interesting: [UInt8] = [
        0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC1, 0xC2, 0xDF, 0xE0, 0xE1, 0xED, 0xEF, 0xF0, 0xF1, 0xF4,
        0xF5,
    ]
}
