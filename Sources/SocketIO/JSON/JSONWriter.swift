public import NIOCore

/// Writes JSON (RFC 8259) into a `ByteBuffer`, with no tree in between.
///
/// Commas come by themselves. Whether the calls make a well-formed text is the caller's business: a key belongs before
/// each value within an object, and what was begun is to be ended.
///
///     writer.beginObject()
///     writer.key("_id"); writer.string(id)
///     writer.key("hasBeenSent"); writer.bool(true)
///     writer.endObject()
public struct JSONWriter: Sendable {
    /// What was written so far, behind whatever the buffer held before.
    public internal(set) var buffer: ByteBuffer
    /// The attachments that the placeholders written so far stand for.
    var attachments: [[UInt8]] = []
    /// Whether something precedes on this level, from which the next value must be set apart.
    private var needsComma = false

    /// Appends to that buffer.
    public init(_ buffer: ByteBuffer) {
        self.buffer = buffer
    }

    /// Starts an empty buffer of that capacity.
    public init(capacity: Int = 256) {
        self.buffer = ByteBufferAllocator().buffer(capacity: capacity)
    }

    public mutating func beginObject() { open(UInt8(ascii: "{")) }
    public mutating func endObject() { close(UInt8(ascii: "}")) }
    public mutating func beginArray() { open(UInt8(ascii: "[")) }
    public mutating func endArray() { close(UInt8(ascii: "]")) }

    /// The name of the member that the next value belongs to.
    public mutating func key(_ name: String) {
        writeQuoted(name, behind: needsComma, asKey: true)
        needsComma = false
    }

    public mutating func string(_ value: String) {
        writeQuoted(value, behind: needsComma, asKey: false)
        needsComma = true
    }

    public mutating func integer(_ value: Int64) {
        writeInteger(value, behind: needsComma)
        needsComma = true
    }

    public mutating func integer(_ value: Int) {
        integer(Int64(value))
    }

    /// A number; infinities and NaN, which JSON lacks, become `null`, as JavaScript has it.
    public mutating func number(_ value: Double) {
        raw(value.isFinite ? value.description : "null")
    }

    public mutating func bool(_ value: Bool) {
        raw(value ? "true" : "false")
    }

    public mutating func null() {
        raw("null")
    }

    /// Text that is JSON already: a whole value.
    public mutating func raw(_ text: String) {
        separate()
        buffer.writeString(text)
    }

    /// Bytes that are JSON already: a whole value.
    public mutating func raw(_ bytes: ByteBuffer) {
        separate()
        buffer.writeImmutableBuffer(bytes)
    }

    private mutating func open(_ bracket: UInt8) {
        if needsComma {
            buffer.writeInteger(UInt16(UInt8(ascii: ",")) << 8 | UInt16(bracket))
        } else {
            buffer.writeInteger(bracket)
        }
        needsComma = false
    }

    private mutating func close(_ bracket: UInt8) {
        buffer.writeInteger(bracket)
        needsComma = true
    }

    private mutating func separate() {
        if needsComma { buffer.writeInteger(UInt8(ascii: ",")) }
        needsComma = true
    }
}
