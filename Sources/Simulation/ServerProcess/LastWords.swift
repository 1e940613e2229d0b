internal import NIOCore

/// Keeps the end of what a process writes on its standard error.
///
/// `@unchecked`: used on its channel's event loop alone.
final class LastWords: ChannelInboundHandler, @unchecked Sendable {
    typealias InboundIn = ByteBuffer

    private static let most = 4_096
    private var kept: [UInt8] = []

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        kept += unwrapInboundIn(data).readableBytesView
        if kept.count > Self.most { kept.removeFirst(kept.count - Self.most) }
    }

    /// Whole lines, unless one alone is longer than what is kept.
    var text: String {
        var lines = kept[...]
        if kept.count == Self.most, let end = kept.firstIndex(of: UInt8(ascii: "\n")), end + 1 < kept.count {
            lines = kept[(end + 1)...]
        }
        return String(decoding: lines, as: UTF8.self).trimmingSuffix { $0.isWhitespace }
    }
}

extension String {
    fileprivate func trimmingSuffix(while isTrimmed: (Character) -> Bool) -> String {
        var text = self[...]
        while let last = text.last, isTrimmed(last) { text.removeLast() }
        return String(text)
    }
}
