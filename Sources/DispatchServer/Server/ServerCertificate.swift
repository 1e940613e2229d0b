internal import NIOSSL

/// A certificate chain and its private key, for connections over TLS 1.2 or later.
public struct ServerCertificate: Sendable {
    let configuration: TLSConfiguration

    /// Why a file cannot serve as one, with its name.
    public struct Unusable: Error, CustomStringConvertible {
        public let description: String
    }

    /// - Parameters:
    ///   - certificate: a PEM file with the server's own certificate first, then those that lead to a known authority.
    ///   - key: a PEM file with the private key of the first of them.
    public init(certificate: String, key: String) throws(Unusable) {
        let chain: [NIOSSLCertificate]
        do {
            chain = try NIOSSLCertificate.fromPEMFile(certificate)
        } catch {
            throw Unusable(description: "\(certificate): no certificate can be read from it; it has to be a PEM file")
        }
        let privateKey: NIOSSLPrivateKey
        do {
            privateKey = try NIOSSLPrivateKey(file: key, format: .pem)
        } catch {
            throw Unusable(description: "\(key): no private key can be read from it; it has to be a PEM file")
        }
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: chain.map { .certificate($0) },
            privateKey: .privateKey(privateKey)
        )
        configuration.minimumTLSVersion = .tlsv12
        do {
            _ = try NIOSSLContext(configuration: configuration)
        } catch {
            throw Unusable(description: "\(key): this is not the private key of the certificate in \(certificate)")
        }
        self.configuration = configuration
    }
}
