extension StringProtocol {
    /// The lines as editors count them, without their ends: each is ended by a line feed, a carriage return, or both. Behind the last end
    /// there is one more, which may be empty.
    ///
    /// By bytes: to Swift `\r\n` is one character, which is neither of the two.
    public var lines: [SubSequence] {
        var lines: [SubSequence] = []
        var rest = utf8[...]
        while let end = rest.firstIndex(where: { $0 == 0x0A || $0 == 0x0D }) {
            lines.append(self[rest.startIndex..<end])
            let isDouble = rest[end] == 0x0D && rest[rest.index(after: end)...].first == 0x0A
            rest = rest[rest.index(end, offsetBy: isDouble ? 2 : 1)...]
        }
        return lines + [self[rest.startIndex..<rest.endIndex]]
    }
}
