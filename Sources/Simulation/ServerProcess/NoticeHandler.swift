internal import NIOCore

/// Reads a node's lines.
///
/// `@unchecked`: used on its channel's event loop alone.
final class NoticeHandler: ChannelInboundHandler, @unchecked Sendable {
    typealias InboundIn = ByteBuffer

    private let onNotice: (NodeNotice) -> Void
    private let onMistake: (String) -> Void
    private var buffer = ByteBuffer()

    init(onNotice: @escaping (NodeNotice) -> Void, onMistake: @escaping (String) -> Void) {
        self.onNotice = onNotice
        self.onMistake = onMistake
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        buffer.writeImmutableBuffer(unwrapInboundIn(data))
        while let end = buffer.readableBytesView.firstIndex(of: UInt8(ascii: "\n")) {
            let line = buffer.readableBytesView[..<end]
            do {
                onNotice(try NodeProtocol.read(line))
            } catch {
                return refuse(line.prefix(200), context)
            }
            buffer.moveReaderIndex(to: end + 1)
        }
        if buffer.readableBytes > NodeProtocol.longestLine { refuse(buffer.readableBytesView.prefix(200), context) }
        buffer.discardReadBytes()
    }

    private func refuse(_ line: ByteBufferView, _ context: ChannelHandlerContext) {
        onMistake(String(decoding: line, as: UTF8.self))
        context.close(promise: nil)
    }
}
