public import Base
public import NIOCore

extension JSON {
    /// Reads one JSON text (RFC 8259 §2) from the readable bytes, all of them.
    public init(parsing buffer: ByteBuffer) throws(JSONParsingError) {
        self = try buffer.withUnsafeReadableBytes { bytes in
            Result { () throws(JSONParsingError) -> JSON in
                var parser = JSONParser(bytes)
                return try parser.document()
            }
        }.get()
    }

    /// Reads one JSON text. For buffers of the wire there is `init(parsing: ByteBuffer)`.
    public init(parsing text: String) throws(JSONParsingError) {
        try self.init(parsing: ByteBuffer(string: text))
    }
}
