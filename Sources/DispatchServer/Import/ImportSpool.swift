internal import Foundation
internal import Hummingbird
internal import NIOCore
internal import NIOPosix

/// The body of an import while it is on its way: in a file without a name, so that a slow sender holds no memory and nothing is left
/// behind, whatever happens.
///
/// `@unchecked`: one task uses it, and waits for each call on another thread before it makes the next.
final class ImportSpool: @unchecked Sendable {
    private let descriptor: Int32
    private var byteCount = 0

    /// - Parameter directory: where there is room for it.
    init(in directory: String) throws {
        var template = Array("\(directory)/griddrill-import-XXXXXX".utf8CString)
        descriptor = mkstemp(&template)
        guard descriptor >= 0, fcntl(descriptor, F_SETFD, FD_CLOEXEC) == 0, unlink(template) == 0 else {
            throw Self.failure()
        }
    }

    deinit { close(descriptor) }

    /// - Throws: `HTTPError` 413 when it is too long, `APIError` when it cannot be kept.
    static func collect(_ body: RequestBody, upTo limit: Int, in directory: String) async throws -> ImportSpool {
        let spool = try ImportSpool(in: directory)
        for try await chunk in body {
            guard spool.byteCount + chunk.readableBytes <= limit else { throw HTTPError(.contentTooLarge) }
            // A disk may be slow: not on an event loop.
            try await NIOThreadPool.singleton.runIfActive { try spool.append(chunk) }
        }
        return spool
    }

    private func append(_ chunk: ByteBuffer) throws {
        try chunk.withUnsafeReadableBytes { bytes in
            var rest = bytes[...]
            while !rest.isEmpty {
                let written = write(descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
                if written < 0, errno == EINTR { continue }
                guard written > 0 else { throw Self.failure() }
                rest = rest.dropFirst(written)
            }
        }
        byteCount += chunk.readableBytes
    }

    /// All that came. Reads the file.
    func bytes() throws -> [UInt8] {
        try [UInt8](unsafeUninitializedCapacity: byteCount) { buffer, count in
            while count < byteCount {
                let free = UnsafeMutableRawBufferPointer(UnsafeMutableBufferPointer(rebasing: buffer[count...]))
                let read = pread(descriptor, free.baseAddress, byteCount - count, off_t(count))
                if read < 0, errno == EINTR { continue }
                guard read > 0 else { throw Self.failure() }
                count += read
            }
        }
    }

    private static func failure() -> APIError {
        APIError(
            status: .serviceUnavailable,
            code: "no-spool",
            message:
                "nothing was imported: the file cannot be kept while it comes: \(String(cString: strerror(errno)))",
            retryAfter: 5
        )
    }
}
