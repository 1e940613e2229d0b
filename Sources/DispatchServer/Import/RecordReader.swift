internal import Base
internal import DemandResponse
internal import SocketIO

/// Reads the fields of one record and notes what is wrong with them. Numbers may be written as text, as CSV has them.
struct RecordReader {
    let record: ImportRecord
    private(set) var problems: [APIError.Detail] = []
    private(set) var warnings: [APIError.Detail] = []

    static let longestText = 2_000
    static let mostMethods = 20

    init(_ record: ImportRecord) {
        self.record = record
    }

    mutating func problem(_ field: String, _ message: String) {
        problems.append(.init(field: field, message: message, line: record.line))
    }

    mutating func warn(_ field: String, _ message: String) {
        warnings.append(.init(field: field, message: message, line: record.line))
    }

    private func value(_ field: String) -> JSON? {
        let value = record.fields[field]
        return value == .null ? nil : value
    }

    mutating func requiredInteger(_ field: String) -> Int? {
        guard let value = value(field) else {
            problem(field, "is missing")
            return nil
        }
        guard let integer = Self.integer(value) else {
            problem(field, "must be a whole number, not \(value.text.prefix(60))")
            return nil
        }
        return integer
    }

    mutating func integer(_ field: String, within range: ClosedRange<Int>) -> Int? {
        guard let value = value(field) else { return nil }
        guard let integer = Self.integer(value), range.contains(integer) else {
            problem(field, "must be a whole number from \(range.lowerBound) to \(range.upperBound)")
            return nil
        }
        return integer
    }

    mutating func requiredText(_ field: String) -> String? {
        let isMissing = value(field) == nil
        guard let text = text(field), !text.isEmpty else {
            if isMissing || problems.last?.field != field { problem(field, "is missing or empty") }
            return nil
        }
        return text
    }

    /// A text, or a number as text: telephone numbers are stored as either.
    mutating func text(_ field: String) -> String? {
        switch value(field) {
        case nil: return nil
        case .string(let text) where text.utf8.count <= Self.longestText: return text
        case .integer(let number): return String(number)
        default:
            problem(field, "must be a text of at most \(Self.longestText) bytes")
            return nil
        }
    }

    mutating func seconds(_ field: String) -> Span? {
        guard let value = value(field) else { return nil }
        let number = value.numberValue ?? value.stringValue.flatMap(Double.init)
        guard let number, (0.001...31_536_000).contains(number) else {
            problem(field, "must be a number of seconds above 0, at most a year")
            return nil
        }
        return .microseconds(Int64(number * 1_000_000))
    }

    /// The methods that numbers stand for; an unknown one is left out with a warning.
    mutating func methods(_ field: String) -> [DispatchMethod] {
        let numbers: [Int?]
        switch value(field) {
        case nil: return []
        case .array(let elements): numbers = elements.map(Self.integer)
        case .string(let text):
            numbers = text.split { "[], ;".contains($0) }.map { Int($0) }
        default: numbers = [nil]
        }
        guard numbers.allSatisfy({ $0 != nil }), numbers.count <= Self.mostMethods else {
            problem(
                field,
                "must be a list of at most \(Self.mostMethods) numbers: 1 email, 2 text, 3 Socket.IO, 4 voice, 5 webhook"
            )
            return []
        }
        return numbers.compactMap { $0 }.compactMap { number in
            let method = DispatchMethod(rawValue: number)
            if method == nil {
                warnings.append(
                    .init(field: field, message: "\(number) is no dispatch type: ignored", line: record.line)
                )
            }
            return method
        }
    }

    private static func integer(_ value: JSON) -> Int? {
        switch value {
        case .string(let text): Int(text)
        default: value.integerValue.flatMap { Int(exactly: $0) }
        }
    }
}
