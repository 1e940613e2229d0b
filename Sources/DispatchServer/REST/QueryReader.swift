internal import Base
internal import Hummingbird

/// Reads the parameters of a query and gathers everything that is wrong with them: one that nobody asks for, too, and one that stands
/// there twice, since what is passed over in silence may be what was meant.
struct QueryReader {
    private let request: Request
    private var asked: [String] = []
    private var problems: [APIError.Detail] = []

    /// How many unknown parameters are named.
    private static let mostUnknown = 20

    static let mostRows = 10_000
    static let usualRows = 1_000

    init(_ request: Request) {
        self.request = request
    }

    mutating func text(_ name: String) -> String? {
        asked.append(name)
        return request.uri.queryParameters[name[...]].map { String($0) }
    }

    mutating func integer(_ name: String, in range: ClosedRange<Int> = .min ... .max) -> Int? {
        guard let text = text(name) else { return nil }
        guard let value = Int(text), range.contains(value) else {
            let bounds = range == .min ... .max ? "" : " from \(range.lowerBound) to \(range.upperBound)"
            wrong(name, "must be a whole number\(bounds)")
            return nil
        }
        return value
    }

    mutating func identifier(_ name: String) -> UniqueID? {
        guard let text = text(name) else { return nil }
        let id = UniqueID(text)
        if id == nil { wrong(name, "must be a UUID") }
        return id
    }

    mutating func flag(_ name: String) -> Bool? {
        guard let text = text(name) else { return nil }
        switch text.lowercased() {
        case "true": return true
        case "false": return false
        default:
            wrong(name, "must be true or false")
            return nil
        }
    }

    /// One of the names of a closed list.
    mutating func choice<Choice: RawRepresentable & CaseIterable>(_ name: String, _: Choice.Type) -> Choice?
    where Choice.RawValue == String {
        guard let text = text(name) else { return nil }
        let choice = Choice(rawValue: text)
        if choice == nil { wrong(name, "must be one of \(Choice.allCases.map(\.rawValue).joined(separator: ", "))") }
        return choice
    }

    /// Some of the names of a closed list, separated by commas; empty when the parameter is absent.
    mutating func choices<Choice: RawRepresentable & CaseIterable>(_ name: String, _: Choice.Type) -> [Choice]
    where Choice.RawValue == String {
        guard let text = text(name) else { return [] }
        let names = text.split(separator: ",", omittingEmptySubsequences: false).map { String($0) }
        let choices = names.compactMap(Choice.init(rawValue:))
        if choices.count < names.count {
            wrong(name, "must be some of \(Choice.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        return choices
    }

    /// How many rows a page has.
    mutating func limit() -> Int {
        integer("limit", in: 1...Self.mostRows) ?? Self.usualRows
    }

    mutating func wrong(_ name: String, _ message: String) {
        problems.append(APIError.Detail(field: name, message: message))
    }

    /// To be called when all has been read.
    func check() throws(APIError) {
        var problems = problems
        var counts: [String: Int] = [:]
        for (key, _) in request.uri.queryParameters { counts[String(key), default: 0] += 1 }
        for name in asked where counts[name, default: 0] > 1 {
            problems.append(APIError.Detail(field: name, message: "stands there more than once"))
        }
        let known = asked.isEmpty ? "none is" : "known are " + asked.joined(separator: ", ")
        for name in counts.keys.filter({ !asked.contains($0) }).sorted().prefix(Self.mostUnknown) {
            let message = "is not a parameter of this request: \(known)"
            problems.append(APIError.Detail(field: String(name.prefix(60)), message: message))
        }
        if !problems.isEmpty { throw .invalid("INVALID PARAMETERS", problems) }
    }
}
