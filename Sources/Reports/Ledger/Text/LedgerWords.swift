internal import Base

/// The closed vocabulary of the text: each word is written and read by the same table.
enum LedgerWords {
    static let outcomes: [(Outcome, String)] = [
        (.waiting, "waiting"), (.handedOut, "no report"), (.taken, "taken"), (.delivered, "delivered"),
        (.toBeTriedAgain, "to be tried again"), (.unreachable, "unreachable"), (.answeredFirst, "answered first"),
        (.withdrawnByCancellation, "withdrawn by the cancellation"), (.expired, "expired"), (.withdrawn, "withdrawn"),
    ]
    static let failed = "failed: "

    static func text(_ outcome: Outcome) -> String {
        if case .failed(let reason) = outcome { return failed + escaped(reason) }
        return outcomes.first { $0.0 == outcome }?.1 ?? ""
    }

    static func outcome(_ text: Substring) -> Outcome? {
        if text.hasPrefix(failed) { return unescaped(text.dropFirst(failed.count)).map(Outcome.failed) }
        return outcomes.first { $0.1 == text }?.0
    }

    static func text(_ sending: Sending) -> String {
        switch sending {
        case .atOnce: "sent at once"
        case .later(let span): "sent after \(seconds(span))"
        case .onConnecting: "sent on connecting"
        case .again(nil): "sent again"
        case .again(let after?): "sent again after \(seconds(after))"
        }
    }

    static func sending(_ text: Substring) -> Sending? {
        switch text {
        case "sent at once": return .atOnce
        case "sent on connecting": return .onConnecting
        case "sent again": return .again(after: nil)
        default: break
        }
        if text.hasPrefix("sent again after ") {
            return span(text.dropFirst("sent again after ".count)).map { .again(after: $0) }
        }
        return text.hasPrefix("sent after ") ? span(text.dropFirst("sent after ".count)).map(Sending.later) : nil
    }

    // MARK: Lengths of time: `5 s`, `0.25 s`

    static func seconds(_ span: Span) -> String { "\(Units.exact(span.microseconds, per: 1_000_000)) s" }

    private static func span(_ text: Substring) -> Span? {
        guard text.hasSuffix(" s") else { return nil }
        let parts = text.dropLast(2).split(separator: ".", omittingEmptySubsequences: false)
        guard let first = parts.first, let whole = Int64(first), (0..<1_000_000_000_000).contains(whole) else {
            return nil
        }
        guard parts.count > 1 else { return .seconds(whole) }
        guard parts.count == 2, (1...6).contains(parts[1].count), let fraction = Int64(parts[1]), fraction >= 0 else {
            return nil
        }
        let unit = (parts[1].count..<6).reduce(Int64(1)) { unit, _ in unit * 10 }
        return .seconds(whole) + .microseconds(fraction * unit)
    }

    // MARK: Free text at the end of a line

    static func escaped(_ text: String) -> String {
        text.replacing("\\", with: "\\\\").replacing("\r", with: "\\r").replacing("\n", with: "\\n").printable()
    }

    /// - Returns: `nil` for a backslash that means nothing.
    static func unescaped(_ text: Substring) -> String? {
        guard text.contains("\\") else { return String(text) }
        var result = ""
        var isEscape = false
        for character in text {
            guard isEscape else {
                if character == "\\" { isEscape = true } else { result.append(character) }
                continue
            }
            switch character {
            case "\\": result.append("\\")
            case "n": result.append("\n")
            case "r": result.append("\r")
            default: return nil
            }
            isEscape = false
        }
        return isEscape ? nil : result
    }
}
