internal import Base
public import DispatchStore
internal import Journal
internal import NIOConcurrencyHelpers

/// Who somebody is, as far as it was shown.
struct Principal: Sendable {
    var role: AccessRole
    /// The public part of the token that showed it.
    var token: String
    /// As whoever made the token named it.
    var name: String

    /// How the audit log names whoever asks.
    /// - Parameter principal: `nil`: nobody has shown who it is.
    static func actor(_ principal: Principal?, at address: String) -> String {
        principal.map { "token \($0.token) (\($0.name)) at \(address)" } ?? "anonymous at \(address)"
    }
}

/// Why somebody is not let in. The words never tell whether a token exists.
enum AccessRefusal: Error, Sendable {
    case missing
    case invalid
    case tooManyAttempts(wait: Span)
    case storage(StoreError)

    var message: String {
        switch self {
        case .missing: "a bearer token is needed; griddrill token create makes one"
        case .invalid: "this token is unknown, expired or revoked"
        case .tooManyAttempts(let wait): "too many failed attempts; try again in \(wait.wholeSecondsUp) s"
        case .storage: "the database cannot be used now"
        }
    }
}

/// Finds out who presents a token. Every answer is looked up in the database, so that a revoked token is refused at once,
/// whichever process has revoked it.
public final class Authenticator: Sendable {
    private let database: any ServerRecords
    private let clock: any NodeClock
    private let attempts = NIOLockedValueBox(FailedAttempts())

    public init(_ database: any ServerRecords, clock: any NodeClock) {
        self.database = database
        self.clock = clock
    }

    /// Who shows a token that is right is let in, however often others of the same address were wrong: 256 bits are not guessed, and
    /// one address may be that of many.
    /// - Parameters:
    ///   - text: the token, as it was presented; `nil`: none was.
    ///   - address: where from, for the count of failed attempts.
    func authenticate(_ text: String?, from address: String) -> Result<Principal, AccessRefusal> {
        let now = clock.now()
        guard let text else { return .failure(.missing) }
        do {
            if let presented = BearerToken(text), let token = try database.readAccessToken(presented.id),
                presented.matches(token), token.standing(at: now) == .valid
            {
                return .success(Principal(role: token.role, token: token.id, name: token.name))
            }
        } catch {
            return .failure(.storage(error))
        }
        return attempts.withLockedValue { attempts in
            if let wait = attempts.wait(address, at: clock.uptime()) { return .failure(.tooManyAttempts(wait: wait)) }
            attempts.failed(address, at: clock.uptime())
            return .failure(.invalid)
        }
    }

    /// The tokens with which sessions may stay, by their ids; `nil` while the database cannot tell.
    func validTokens() -> Set<String>? {
        let now = clock.now()
        return (try? database.readAccessTokens()).map { Set($0.filter { $0.standing(at: now) == .valid }.map(\.id)) }
    }
}
