package import Base
package import DemandResponse
internal import Foundation
package import NIOCore
internal import SocketIO

/// The body of `POST /incident` and of a modification, with everything that is wrong with it. What a script asks for is read here,
/// too, so that no world takes what the real one refuses.
package struct IncidentBody {
    /// The fields as they were sent, which the answer repeats.
    let fields: JSONObject

    /// Those that are read.
    private static let readFields = [
        "start_time", "end_time", "start_text", "end_text", "program_id", "group", "event_type", "test", "override",
    ]
    /// What the first version's answers hold, or its clients send, without its meaning anything in a request.
    private static let idleFields: Set = ["_id", "__v", "createdOn", "correlationId", "message", "statusCode"]
    /// How many fields that are not known are named.
    private static let mostUnknown = 20

    /// Reads JSON or, by the content type, a form.
    package init(_ buffer: ByteBuffer, contentType: String?) throws(APIError) {
        guard buffer.readableBytes > 0 else { throw .invalid("the request has no body") }
        if contentType?.lowercased().hasPrefix("application/x-www-form-urlencoded") ?? false {
            fields = Self.form(String(buffer: buffer))
            return
        }
        do {
            guard let object = try JSON(parsing: buffer).objectValue else {
                throw APIError.invalid("the body must be a JSON object")
            }
            fields = object
        } catch let error as JSONParsingError {
            throw .invalid("the body is not JSON: \(error)")
        } catch let error as APIError {
            throw error
        } catch {
            throw .invalid("the body is not JSON")
        }
    }

    var program: Program.ID? { fields["program_id"]?.wholeNumber }

    /// A new incident; every wrong field is named.
    /// - Parameter zone: in which local times are read; `nil` while the program is not known.
    package func request(id: UniqueID, correlation: UniqueID, zone: String?) throws(APIError) -> IncidentRequest {
        var problems: [APIError.Detail] = []
        let zone = zone ?? Program.defaultTimeZone
        refuseUnknownFields(into: &problems)
        if program == nil { problems.append(missing("program_id", "a whole number")) }
        let groups = groups(into: &problems)
        let type = text("event_type", into: &problems)
        let start = time("start", zone: zone, into: &problems)
        // An end that is null leaves the incident open.
        let isOpen = fields["end_time"] == .null
        let end = isOpen ? nil : time("end", zone: zone, into: &problems)
        // If nothing else is wrong, the rules say so, and the record that they did.
        if !problems.isEmpty, let start, let end, end.at <= start.at { problems.append(.endBeforeStart) }
        let isTest = flag("test", into: &problems)
        let override = override(into: &problems)
        guard problems.isEmpty, let program, let type, let start else {
            throw .invalid("the incident was not taken: \(problems.map(\.field).joined(separator: ", "))", problems)
        }
        return IncidentRequest(
            id: id,
            correlation: correlation,
            program: program,
            groups: groups,
            eventType: type,
            period: Incident.Period(start: start.at, end: end?.at, startText: start.text, endText: end?.text),
            isTest: isTest,
            override: override
        )
    }

    /// A modification: what is absent stays.
    /// - Parameter current: of the incident as it is, if that is known: an instant that stays keeps its words, unless others are given.
    package func change(
        of id: UniqueID,
        zone: String,
        current: Incident.Period? = nil
    ) throws(APIError) -> IncidentChange {
        var problems: [APIError.Detail] = []
        refuseUnknownFields(into: &problems)
        let start = fields["start_time"] == nil ? nil : time("start", zone: zone, into: &problems)
        let end = fields["end_time"] == nil ? nil : time("end", zone: zone, into: &problems)
        let type = fields["event_type"] == nil ? nil : text("event_type", into: &problems)
        let override = override(into: &problems)
        for field in ["program_id", "group", "test"] where fields[field] != nil {
            let cure = "cannot be changed: cancel the incident and open another one, or leave it out"
            problems.append(APIError.Detail(field: field, message: cure))
        }
        guard problems.isEmpty else {
            throw .invalid("the incident was not modified: \(problems.map(\.field).joined(separator: ", "))", problems)
        }
        guard start != nil || end != nil || type != nil else {
            throw .invalid("a modification names at least one of start_time, end_time and event_type")
        }
        let keepsStart = start?.at == current?.start && fields["start_text"] == nil
        let keepsEnd = end?.at == current?.end && fields["end_text"] == nil
        return IncidentChange(
            id: id,
            start: start?.at,
            startText: start.map { (keepsStart ? current?.startText : nil) ?? $0.text },
            end: end?.at,
            endText: end.map { (keepsEnd ? current?.endText : nil) ?? $0.text },
            eventType: type,
            override: override
        )
    }

    /// Who lifts the rules that stand against it, and why: both, or nobody does.
    private func override(into problems: inout [APIError.Detail]) -> Override? {
        let object: JSONObject
        switch fields["override"] {
        case nil, .null: return nil
        case .object(let value): object = value
        default:
            problems.append(missing("override", "an object, as {\"by\": \"…\", \"reason\": \"…\"}"))
            return nil
        }
        func text(_ name: String) -> String? {
            let rule = TextRule.remark
            let text = object[name]?.stringValue ?? ""
            let isBlank = text.allSatisfy(\.isWhitespace)
            guard let wrong = isBlank ? "must be a text of 1 to \(rule.longest) bytes" : rule.refusal(of: text) else {
                return text
            }
            problems.append(APIError.Detail(field: "override.\(name)", message: wrong))
            return nil
        }
        let (by, reason) = (text("by"), text("reason"))
        return by.flatMap { by in reason.map { Override(by: by, reason: $0) } }
    }

    /// A field that is passed over in silence may be what was meant: a drill whose `test` is misspelt would be a real dispatch, and
    /// one for a part of the customers would call everybody. Of two values nobody knows which is meant.
    private func refuseUnknownFields(into problems: inout [APIError.Detail]) {
        var seen: Set<String> = []
        let named = problems.count
        for member in fields.members where problems.count - named < Self.mostUnknown {
            let name = String(member.key.prefix(60))
            if !seen.insert(member.key).inserted {
                problems.append(APIError.Detail(field: name, message: "stands there more than once"))
            } else if member.key == "groups" {
                problems.append(APIError.Detail(field: name, message: "must be left out: the groups stand in 'group'"))
            } else if !Self.readFields.contains(member.key), !Self.idleFields.contains(member.key) {
                let known = Self.readFields.joined(separator: ", ")
                problems.append(
                    APIError.Detail(field: name, message: "is not a field of an incident: known are \(known)")
                )
            }
        }
    }

    /// Of `start` or `end`: the instant, and how messages say it, which is as it was sent unless `…_text` says otherwise.
    private func time(
        _ name: String,
        zone: String,
        into problems: inout [APIError.Detail]
    ) -> (at: Timestamp, text: String)? {
        let field = name + "_time"
        guard case .string(let text)? = fields[field], let at = ZonedTime.timestamp(text, zone: zone) else {
            problems.append(missing(field, "a time, as 08/27/2019 21:00 or 2019-08-27T21:00:00-07:00"))
            return nil
        }
        guard Timestamp.carried.contains(at) else {
            let cure = name == "end" ? "; the end of an incident that stays open is null" : ""
            problems.append(.init(field: field, message: "must be \(Timestamp.carriedWords), not \(text)\(cure)"))
            return nil
        }
        let words = name + "_text"
        let told = ZonedTime.words(text, read: at, zone: zone)
        return (at, fields[words] == nil ? told : self.text(words, into: &problems) ?? told)
    }

    private func text(_ field: String, into problems: inout [APIError.Detail]) -> String? {
        let rule = TextRule.eventType
        guard case .string(let text)? = fields[field], !text.isEmpty else {
            problems.append(missing(field, "a text of 1 to \(rule.longest) bytes"))
            return nil
        }
        if let refusal = rule.refusal(of: text) {
            problems.append(APIError.Detail(field: field, message: refusal))
            return nil
        }
        return text
    }

    /// Of which groups of the program's customers: one, or a list; without it, all.
    private func groups(into problems: inout [APIError.Detail]) -> [String] {
        let values: [JSON]
        switch fields["group"] {
        case nil, .null: return []
        case .array(let elements): values = elements
        case let value?: values = [value]
        }
        let names = values.compactMap(\.stringValue).filter { Customer.isGroupName($0) }
        guard !names.isEmpty, names.count == values.count, Set(names).count == names.count else {
            problems.append(missing("group", "the name of a group, or a list of several, each once"))
            return []
        }
        return names
    }

    private func flag(_ field: String, into problems: inout [APIError.Detail]) -> Bool {
        switch fields[field] {
        case .bool(let value): return value
        case .string("true"): return true
        case nil, .null, .string("false"): return false
        default:
            problems.append(missing(field, "true or false"))
            return false
        }
    }

    private func missing(_ field: String, _ wanted: String) -> APIError.Detail {
        let found = fields[field].map { ", not \(String($0.text.prefix(60)))" } ?? "; it is missing"
        return APIError.Detail(field: field, message: "must be \(wanted)\(found)")
    }

    private static func form(_ text: String) -> JSONObject {
        var object = JSONObject()
        for pair in text.split(separator: "&").prefix(100) {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let value = parts.count > 1 ? parts[1] : ""
            object.members.append(.init(key: decoded(parts[0]), value: .string(decoded(value))))
        }
        return object
    }

    private static func decoded(_ text: Substring) -> String {
        let spaced = text.replacing("+", with: " ")
        return spaced.removingPercentEncoding ?? String(spaced)
    }
}
