internal import Base
internal import Foundation

/// Fetches what a carriers' file only names, and sees whether its parts fit together.
struct CarriersResolver {
    private static let longestSecret = 4_096

    let environment: [String: String]
    let diagnostics: Diagnostics

    func resolve(_ draft: CarriersDraft) -> CarriersFile? { CarriersFile(email: draft.email.flatMap(resolve)) }

    private func resolve(_ draft: CarriersDraft.Email) -> EmailCarrier? {
        let login = login(draft)
        let authorities = draft.authorities.map { file in
            let path = SourceFile.path(file.value, beside: diagnostics.path)
            if !FileManager.default.isReadableFile(atPath: path) {
                diagnostics.error("'\(path)' cannot be read", at: file.location, help: "name a PEM file")
            }
            return path
        }
        guard let relay = draft.relay, let from = draft.from else { return nil }
        return EmailCarrier(
            relay: relay,
            login: login,
            from: from,
            bounces: draft.bounces,
            authorities: authorities,
            connections: draft.connections ?? 4,
            queue: draft.queue ?? 20_000,
            messagesPerSecond: draft.rate,
            replyWithin: draft.replyWithin.map { max($0, .milliseconds(1)) }
        )
    }

    private func login(_ draft: CarriersDraft.Email) -> EmailCarrier.Login? {
        if let user = draft.user, draft.relay?.security == EmailCarrier.Relay.Security.none {
            diagnostics.error(
                "no password is sent without TLS",
                at: user.location,
                help: "leave user and password out, or write smtp://HOST:PORT"
            )
        }
        switch (draft.user, draft.password) {
        case (let user?, let password?):
            return secret(password).map { EmailCarrier.Login(user: user.value, password: $0) }
        case (let user?, nil):
            diagnostics.error(
                "a user without a password",
                at: user.location,
                help: "add password: ${env:SMTP_PASSWORD}"
            )
        case (nil, let password?):
            diagnostics.error("a password without a user", at: password.location, help: "add user:")
        case (nil, nil): break
        }
        return nil
    }

    private func secret(_ reference: Located<SecretReference>) -> Secret? {
        switch reference.value {
        case .none: return nil
        case .environment(let name):
            guard let value = environment[name], !value.isEmpty else {
                diagnostics.error(
                    "the environment has no \(name)",
                    at: reference.location,
                    help: "set it before the server starts, as a service manager does, and not on the command line"
                )
                return nil
            }
            return Secret(value)
        case .file(let name):
            let path = SourceFile.path(name, beside: diagnostics.path)
            if let mode = Self.mode(of: path), mode & 0o004 != 0 {
                diagnostics.error(
                    "'\(path)' can be read by everybody on this machine",
                    at: reference.location,
                    help: "chmod 600 \(path)"
                )
                return nil
            }
            do throws(SourceFileProblem) {
                var text = try SourceFile.read(path, limit: Self.longestSecret)
                while let last = text.last, last.isNewline { text.removeLast() }
                guard !text.isEmpty, !text.contains(where: \.isNewline) else {
                    throw SourceFileProblem(message: "it holds no secret: that is one line")
                }
                return Secret(text)
            } catch {
                diagnostics.error("'\(path)': \(error.message)", at: reference.location, help: error.help)
                return nil
            }
        }
    }

    private static func mode(of path: String) -> Int? {
        let attributes = try? FileManager.default.attributesOfItem(atPath: path)
        return (attributes?[.posixPermissions] as? NSNumber)?.intValue
    }
}
