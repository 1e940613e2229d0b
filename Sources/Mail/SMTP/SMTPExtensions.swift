/// What a server offers in its answer to EHLO, RFC 5321 §4.1.1.1.
struct SMTPExtensions: Hashable, Sendable {
    /// Keywords in capitals, with their parameters.
    private var offered: [String: [String]] = [:]

    init() {}

    init(_ reply: SMTPReply) {
        for line in reply.lines.dropFirst() {
            // Older servers wrote AUTH=PLAIN.
            let words = line.split { $0 == " " || $0 == "=" }.map { $0.uppercased() }
            guard let keyword = words.first else { continue }
            offered[keyword, default: []] += words.dropFirst()
        }
    }

    /// RFC 3207
    var hasStartTLS: Bool { offered["STARTTLS"] != nil }
    /// RFC 2920
    var hasPipelining: Bool { offered["PIPELINING"] != nil }
    /// RFC 6531, which has 8BITMIME (RFC 6152) along with it.
    var hasUTF8: Bool { offered["SMTPUTF8"] != nil && offered["8BITMIME"] != nil }
    /// RFC 3461
    var hasDSN: Bool { offered["DSN"] != nil }
    /// RFC 1870
    var hasSize: Bool { offered["SIZE"] != nil }
    /// In octets; `nil`: not said.
    var largestSize: Int? { offered["SIZE"]?.first.flatMap { Int($0) }.flatMap { $0 > 0 ? $0 : nil } }
    /// RFC 4954
    func hasAuthentication(_ mechanism: String) -> Bool { offered["AUTH"]?.contains(mechanism) ?? false }
    var hasAuthentication: Bool { offered["AUTH"] != nil }
}
