internal import Base
internal import DemandResponse
internal import SocketIO

/// Reads the fields of one record and notes what is wrong with them. Numbers may be written as text, as CSV has them.
struct RecordReader {
    let record: ImportRecord
    private(set) var problems: [APIError.Detail] = []
    private(set) var warnings: [APIError.Detail] = []

    static let mostMethods = 20

    init(_ record: ImportRecord) {
        self.record = record
    }

    /// Notes what the rules refuse of what was read.
    mutating func note(_ refusals: [FieldRefusal]) {
        for refusal in refusals { problem(refusal.field, refusal.reason) }
    }

    mutating func problem(_ field: String, _ message: String) {
        problems.append(.init(field: field, message: message, line: record.line))
    }

    mutating func warn(_ field: String, _ message: String) {
        warnings.append(.init(field: field, message: message, line: record.line))
    }

    /// Of two values of one field nobody knows which is meant.
    mutating func refuseRepeatedFields() {
        var seen: Set<String> = []
        for member in record.fields.members where !seen.insert(member.key).inserted {
            problem(member.key, "stands there more than once")
        }
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
        guard let integer = value.wholeNumber else {
            problem(field, "must be a whole number, not \(value.text.prefix(60))")
            return nil
        }
        return integer
    }

    mutating func integer(_ field: String, within range: ClosedRange<Int>) -> Int? {
        guard let value = value(field) else { return nil }
        guard let integer = value.wholeNumber, range.contains(integer) else {
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
        case .string(let text): return text
        case let value?:
            // Telephone numbers, and names that are nothing but digits, come as numbers.
            if let number = value.wholeNumber { return String(number) }
            problem(field, "must be a text")
            return nil
        }
    }

    /// A telephone number. What a spreadsheet or an export made a floating-point number of is read as the digits that it was.
    mutating func phone(_ field: String) -> String? {
        guard let text = text(field) else { return nil }
        guard let match = text.wholeMatch(of: /([0-9])\.([0-9]+)[eE]\+?([0-9]{1,2})/) else { return text }
        // A spreadsheet keeps 6 digits of what it shows so: nobody knows the others.
        guard let exponent = Int(match.3), match.2.count > 5 || match.2.count >= exponent,
            let number = JSON.string(text).wholeNumber
        else {
            problem(
                field,
                "must be the telephone number itself, not \(text), of which digits are lost; format the column as text"
            )
            return nil
        }
        return String(number)
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
        case .array(let elements): numbers = elements.map(\.wholeNumber)
        case .string(let text):
            numbers = text.split { "[], ;".contains($0) }.map { JSON.string(String($0)).wholeNumber }
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
}
