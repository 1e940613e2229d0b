/// A node of a YAML document with its place.
///
/// Scalars are read as the text that the file holds, whatever YAML 1.1 would make of `20:45` or `no`.
struct YAMLNode: Sendable {
    enum Content: Sendable {
        case scalar(YAMLScalar)
        case mapping([(key: YAMLNode, value: YAMLNode)])
        case sequence([YAMLNode])
    }

    var content: Content
    /// Where it begins. (For what an alias stands for: where that was written.)
    var location: SourceLocation

    /// Of a mapping's key; `nil` where there is no such key, or no mapping.
    func value(_ key: String) -> YAMLNode? {
        guard case .mapping(let pairs) = content else { return nil }
        return pairs.first { $0.key.scalar?.text == key }?.value
    }

    var scalar: YAMLScalar? {
        if case .scalar(let scalar) = content { return scalar }
        return nil
    }

    /// For messages: what stands here, as `a list`.
    var kindDescription: String {
        switch content {
        case .scalar(let scalar): scalar.kindDescription
        case .mapping: "a mapping"
        case .sequence: "a list"
        }
    }
}

/// A scalar: its text and what YAML 1.2's core schema takes it for.
struct YAMLScalar: Sendable {
    enum Kind: Sendable {
        case null, bool, integer, real, text
    }

    var text: String
    var kind: Kind
    /// How many scalars of the source stand before the text's first one; `nil`: the text is not in the source as it is.
    var indent: Int?

    /// - Parameter isPlain: not quoted, nor a block.
    init(_ text: String, isPlain: Bool, indent: Int?) {
        self.text = text
        self.kind = isPlain ? Self.kind(of: text) : .text
        self.indent = indent
    }

    var kindDescription: String {
        switch kind {
        case .null: text.isEmpty ? "nothing" : "'\(text)', which YAML takes for nothing"
        case .bool: "the truth value \(text)"
        case .integer, .real: "the number \(text)"
        case .text: "the text '\(text.shortened)'"
        }
    }

    /// Of an integer in another notation, as `0x1F`: in decimal digits.
    var decimal: String? {
        guard kind == .integer, text.hasPrefix("0x") || text.hasPrefix("0o") else { return nil }
        return Int(text.dropFirst(2), radix: text.hasPrefix("0x") ? 16 : 8).map { String($0) }
    }

    /// YAML 1.2.2 §10.3.2, without the octal and hexadecimal forms' details.
    private static func kind(of text: String) -> Kind {
        switch text {
        case "", "~", "null", "Null", "NULL": return .null
        case "true", "True", "TRUE", "false", "False", "FALSE": return .bool
        case ".nan", ".NaN", ".NAN": return .real
        default: break
        }
        var rest = text.utf8[...]
        guard let first = rest.first, first < UInt8(ascii: "A"), first != UInt8(ascii: "\"") else { return .text }
        if text.hasPrefix("0x") || text.hasPrefix("0o") {
            let digits = text.dropFirst(2)
            return Int(digits, radix: text.hasPrefix("0x") ? 16 : 8) == nil || digits.first == "-" ? .text : .integer
        }
        if first == UInt8(ascii: "-") || first == UInt8(ascii: "+") { rest = rest.dropFirst() }
        if !rest.isEmpty, rest.allSatisfy(\.isDigit) { return .integer }
        if [".inf", ".Inf", ".INF"].contains(String(Substring(rest))) { return .real }
        return isReal(rest) ? .real : .text
    }

    /// `( \. [0-9]+ | [0-9]+ ( \. [0-9]* )? ) ( [eE] [-+]? [0-9]+ )?`
    private static func isReal(_ text: Substring.UTF8View) -> Bool {
        var rest = text.drop(while: \.isDigit)
        var digits = text.count - rest.count
        if rest.first == UInt8(ascii: ".") {
            let fraction = rest.dropFirst()
            rest = fraction.drop(while: \.isDigit)
            digits += fraction.count - rest.count
        }
        guard digits > 0 else { return false }
        guard let exponent = rest.first else { return true }
        guard exponent == UInt8(ascii: "e") || exponent == UInt8(ascii: "E") else { return false }
        rest = rest.dropFirst()
        if let sign = rest.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") { rest = rest.dropFirst() }
        return !rest.isEmpty && rest.allSatisfy(\.isDigit)
    }
}

extension UInt8 {
    var isDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }
}

extension StringProtocol {
    /// For messages: no longer than a glance.
    var shortened: String {
        count <= 60 ? String(self) : prefix(57) + "…"
    }
}
