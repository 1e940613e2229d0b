import NIOCore
import Testing

@testable import SocketIO

/// Instants of these tests are seconds after the session opened.
extension NIODeadline {
    static func second(_ seconds: Int64) -> NIODeadline { .uptimeNanoseconds(0) + .seconds(seconds) }
}

func textPacket(_ text: String) throws -> EngineIOPacket {
    try #require(EngineIOPacket(text: ByteBuffer(string: text)))
}
