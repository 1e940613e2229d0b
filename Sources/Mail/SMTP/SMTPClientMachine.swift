internal import Base
internal import Foundation

/// One connection to a mail server as a client has it (RFC 5321; RFC 6409, submission), without I/O: what happens on the
/// connection comes in by one method each, and what is to be done comes back in order.
struct SMTPClientMachine: Sendable {
    enum Security: Hashable, Sendable {
        /// The connection is secure before the first byte of SMTP (RFC 8314 §3.3).
        case implicit
        /// STARTTLS (RFC 3207), or nothing is sent at all.
        case startTLS
        /// To this machine alone.
        case none
    }

    struct Credentials: Hashable, Sendable {
        var user: String
        var password: Secret
    }

    struct Settings: Hashable, Sendable {
        var security: Security
        var credentials: Credentials?
        /// What messages call the server.
        var serverName: String
        var timeouts = SMTPTimeouts.standard
    }

    enum Action: Hashable, Sendable {
        /// To be written. `shown`: what may be seen of it, a line each, with stars for what is secret.
        case write([UInt8], shown: [String])
        /// The handshake begins; `secured` is to be called at its end.
        case startTLS
        /// `timedOut` is to be called unless something is heard by then; `nil`: no time is running.
        case wait(Span?)
        /// A message may be given.
        case ready
        /// What became of the message that was given. Unless `close` follows, another may be given.
        case finished(SMTPOutcome)
        /// The connection is of no use, and why.
        case unusable(String)
        case close
    }

    enum State: Hashable, Sendable {
        case fresh, greeting, hello, startTLS, handshake, helloAgain
        case authPlain, authLogin, authLoginUser, authLoginPassword
        case ready
        case transaction(SMTPTransaction)
        case quitting, closed
    }

    let settings: Settings
    var state = State.fresh
    var extensions = SMTPExtensions()
    private var reader = SMTPReplyReader()
    private var clientName = ""
    /// The last transaction may have left something with the server that RSET has to clear.
    var needsReset = false

    init(_ settings: Settings) { self.settings = settings }

    // MARK: - What happens

    /// The connection stands; with implicit TLS, after the handshake.
    /// - Parameter name: what the client calls itself: a name or an address literal, RFC 5321 §4.1.3.
    mutating func connected(as name: String) -> [Action] {
        clientName = name
        state = .greeting
        return [.wait(settings.timeouts.greeting)]
    }

    /// The handshake that `startTLS` began has come to its end.
    mutating func secured() -> [Action] {
        guard state == .handshake else { return [] }
        // RFC 3207 §4.2: what was said before the handshake counts for nothing.
        extensions = SMTPExtensions()
        state = .helloAgain
        return [hello, .wait(settings.timeouts.command)]
    }

    mutating func received(_ bytes: some Sequence<UInt8>) -> [Action] {
        guard state != .closed else { return [] }
        reader.append(bytes)
        var actions: [Action] = []
        do throws(SMTPReplyReader.Fault) {
            while state != .closed, let reply = try reader.next() { actions += take(reply) }
        } catch {
            actions += fail("\(settings.serverName) sent \(error.words)")
        }
        return actions
    }

    /// The time that the last `wait` gave is over.
    mutating func timedOut() -> [Action] {
        switch state {
        case .ready: return quit()
        case .closed: return []
        case .quitting: return closed()
        default: return fail("\(settings.serverName) did not answer in time")
        }
    }

    /// The connection is gone, or cannot be used.
    /// - Parameter reason: what the machine below says, if it is known.
    mutating func closed(because reason: String? = nil) -> [Action] {
        switch state {
        case .closed: return []
        case .quitting, .ready:
            state = .closed
            return [.wait(nil), .close]
        default: return fail(reason.map { "\(settings.serverName): \($0)" } ?? "\(settings.serverName) broke off")
        }
    }

    /// Says goodbye, if nothing is under way.
    mutating func quit() -> [Action] {
        guard state == .ready else { return [] }
        state = .quitting
        return [write("QUIT"), .wait(settings.timeouts.quit)]
    }

    // MARK: - Replies

    private mutating func take(_ reply: SMTPReply) -> [Action] {
        switch state {
        case .fresh, .handshake, .closed: return fail("\(settings.serverName) spoke out of turn")
        case .greeting:
            guard reply.code == 220 else { return refused("takes no connection", reply) }
            state = .hello
            return [hello, .wait(settings.timeouts.command)]
        case .hello: return greeted(reply, isSecure: settings.security == .implicit)
        case .helloAgain: return greeted(reply, isSecure: true)
        case .startTLS:
            guard reply.code == 220 else { return refused("refused STARTTLS", reply) }
            // What has come along in the clear could be anybody's, and would be taken for what came after the handshake.
            guard !reader.hasRest else {
                return fail(
                    "\(settings.serverName) sent more than its answer to STARTTLS: somebody may stand in between"
                )
            }
            state = .handshake
            return [.startTLS, .wait(settings.timeouts.handshake)]
        case .authPlain, .authLogin, .authLoginUser, .authLoginPassword: return authenticate(reply)
        case .ready:
            // A server that shuts down says so before it closes (RFC 5321 §3.8).
            state = .closed
            return [.wait(nil), .close]
        case .transaction(let transaction): return take(reply, in: transaction)
        case .quitting:
            state = .closed
            return [.wait(nil), .close]
        }
    }

    private mutating func greeted(_ reply: SMTPReply, isSecure: Bool) -> [Action] {
        guard reply.code == 250 else { return refused("refused EHLO", reply) }
        extensions = SMTPExtensions(reply)
        if !isSecure, settings.security == .startTLS {
            guard extensions.hasStartTLS else {
                return fail("\(settings.serverName) does not offer STARTTLS: nothing is sent to it in the clear")
            }
            state = .startTLS
            return [write("STARTTLS"), .wait(settings.timeouts.command)]
        }
        guard let credentials = settings.credentials else { return becomeReady() }
        guard isSecure else { return fail("no password is sent in the clear") }
        if extensions.hasAuthentication("PLAIN") {
            state = .authPlain
            // RFC 4616
            let text = "\0\(credentials.user)\0\(credentials.password.reveal())"
            return [
                write("AUTH PLAIN \(Self.base64(text))", shown: "AUTH PLAIN ***"), .wait(settings.timeouts.command),
            ]
        }
        if extensions.hasAuthentication("LOGIN") {
            state = .authLogin
            return [write("AUTH LOGIN"), .wait(settings.timeouts.command)]
        }
        return fail(
            extensions.hasAuthentication
                ? "\(settings.serverName) offers AUTH neither PLAIN nor LOGIN"
                : "\(settings.serverName) does not offer AUTH: take user and password out of the carriers' file"
        )
    }

    private mutating func authenticate(_ reply: SMTPReply) -> [Action] {
        guard let credentials = settings.credentials else { return fail("no credentials") }
        switch (state, reply.code) {
        case (.authPlain, 235), (.authLoginPassword, 235): return becomeReady()
        case (.authLogin, 334):
            state = .authLoginUser
            return [write(Self.base64(credentials.user), shown: "***"), .wait(settings.timeouts.command)]
        case (.authLoginUser, 334):
            state = .authLoginPassword
            let password = Self.base64(credentials.password.reveal())
            return [write(password, shown: "***"), .wait(settings.timeouts.command)]
        default: return refused("refused the user or the password", reply)
        }
    }

    private mutating func becomeReady() -> [Action] {
        state = .ready
        return [.wait(settings.timeouts.idle), .ready]
    }

    private mutating func refused(_ what: String, _ reply: SMTPReply) -> [Action] {
        fail("\(settings.serverName) \(what): \(reply.words)")
    }

    /// Whatever is under way ends here.
    mutating func fail(_ reason: String) -> [Action] {
        let before = state
        state = .closed
        switch before {
        case .transaction(let transaction):
            return [.wait(nil), .finished(transaction.outcome(ofLoss: reason)), .close]
        case .ready, .quitting, .closed: return [.wait(nil), .close]
        default: return [.wait(nil), .unusable(reason), .close]
        }
    }

    // MARK: - Lines

    private var hello: Action { write("EHLO \(clientName)") }

    func write(_ line: String, shown: String? = nil) -> Action {
        .write(Array("\(line)\r\n".utf8), shown: [shown ?? line])
    }

    private static func base64(_ text: String) -> String { Data(text.utf8).base64EncodedString() }
}
