import DispatchServer
import Foundation
import Base
import TestSupport
import Testing

/// Connections over TLS, as openssl sees them.
@Suite struct TLSTests {
    private let scratch: Scratch

    init() throws { scratch = try Scratch() }

    @discardableResult
    private func openssl(_ arguments: String...) throws -> Int32 {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["openssl"] + arguments
        process.currentDirectoryURL = URL(fileURLWithPath: scratch.path)
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        return process.terminationStatus
    }

    /// For ten days, in `cert.pem` and `key.pem`.
    private func makeCertificate(_ names: String = "DNS:localhost,DNS:*.grid.example,IP:192.0.2.7") throws {
        let status = try openssl(
            "req",
            "-x509",
            "-newkey",
            "rsa:2048",
            "-nodes",
            "-days",
            "10",
            "-subj",
            "/CN=grid",
            "-addext",
            "subjectAltName=\(names)",
            "-keyout",
            "key.pem",
            "-out",
            "cert.pem"
        )
        #expect(status == 0)
    }

    @Test func `nothing without forward secrecy and authenticated encryption is spoken`() async throws {
        try makeCertificate()
        let command = try Command(
            [
                "serve", "--port", "0", "--database", "d.sqlite", "--tls-certificate", "cert.pem", "--tls-key",
                "key.pem",
            ],
            in: scratch
        )
        let told = try await command.errors(containing: "serving https://127.0.0.1:")
        let port = told.components(separatedBy: "serving https://127.0.0.1:").last?.prefix { $0.isNumber } ?? ""
        let connect = "127.0.0.1:\(port)"
        for suite in ["AES128-SHA", "AES256-SHA", "AES128-GCM-SHA256", "ECDHE-RSA-AES128-SHA", "ECDHE-RSA-AES256-SHA"] {
            let status = try openssl("s_client", "-connect", connect, "-tls1_2", "-cipher", "\(suite):@SECLEVEL=0")
            #expect(status != 0, "\(suite)")
        }
        for suite in ["ECDHE-RSA-AES128-GCM-SHA256", "ECDHE-RSA-AES256-GCM-SHA384", "ECDHE-RSA-CHACHA20-POLY1305"] {
            #expect(try openssl("s_client", "-connect", connect, "-tls1_2", "-cipher", suite) == 0, "\(suite)")
        }
        #expect(try openssl("s_client", "-connect", connect, "-tls1_3") == 0)
        #expect(try openssl("s_client", "-connect", connect, "-tls1_1", "-cipher", "ALL:@SECLEVEL=0") != 0)
        command.signal(SIGTERM)
        #expect(try await command.outcome(within: 30).status == 0)
    }

    @Test func `a certificate that clients will not take is named at the start`() async throws {
        try makeCertificate()
        let certificate = try ServerCertificate(certificate: scratch.file("cert.pem"), key: scratch.file("key.pem"))
        let now = WallClock().now()
        let fine = ["localhost", "127.0.0.1", "a.grid.example", "A.GRID.example", "192.0.2.7", "0.0.0.0", "::"]
        #expect(certificate.complaints(at: now, hosts: fine) == [])
        for host in ["grid.example", "a.b.grid.example", "other.example", "192.0.2.8"] {
            let told = certificate.complaints(at: now, hosts: [host])
            #expect(told == ["it is not for \(host), but for localhost, *.grid.example, 192.0.2.7"])
        }
        #expect(
            certificate.complaints(at: now + .minutes(20 * 1_440), hosts: fine).first?.hasPrefix("it has expired")
                ?? false
        )
        #expect(
            certificate.complaints(at: now - .minutes(1_440), hosts: fine).first?.hasPrefix("it is not valid before")
                ?? false
        )
        let command = try Command(
            [
                "serve", "--port", "0", "--database", "d.sqlite", "--tls-certificate", "cert.pem", "--tls-key",
                "key.pem",
                "--allowed-host", "dispatch.example",
            ],
            in: scratch
        )
        let told = try await command.errors(containing: "serving https://")
        #expect(told.contains("it is not for dispatch.example, but for localhost"))
        command.signal(SIGTERM)
        #expect(try await command.outcome(within: 30).status == 0)
    }
}
