internal import Base
internal import DemandResponse
internal import HTTPTypes
internal import SocketIO

/// Programs or customers from a file: all of them, or everything that is wrong, each with its line.
struct RosterImport<Element> {
    var elements: [Element] = []
    /// What was left out without being wrong.
    var warnings: [APIError.Detail] = []
    private var problems: [APIError.Detail]
    private var lines: [Int: Int] = [:]

    /// How many problems are named; of those beyond it the answer says how many there are.
    static var mostProblems: Int { 1_000 }

    /// - Parameter read: makes an element of a record's fields, or notes what is wrong with them.
    private init(_ file: ImportFile, _ columns: ImportColumns, read: (inout RecordReader) -> (id: Int, Element)?) {
        problems = file.problems
        var unknown: Set<String> = []
        for record in file.records {
            for member in record.fields.members
            where !columns.isKnown(member.key) && unknown.count < Self.mostProblems
                && unknown.insert(member.key).inserted
            {
                warnings.append(.init(field: member.key, message: "is not a field of ours: ignored", line: record.line))
            }
            var reader = RecordReader(record)
            reader.refuseRepeatedFields()
            let element = read(&reader)
            warnings += reader.warnings
            problems += reader.problems
            guard let (id, element) = element, reader.problems.isEmpty else { continue }
            if let first = lines.updateValue(record.line, forKey: id) {
                problems.append(.init(field: "_id", message: "\(id) is taken by line \(first)", line: record.line))
            }
            elements.append(element)
        }
    }

    /// The elements, if nothing is wrong with any.
    func checked() throws(APIError) -> [Element] {
        guard !problems.isEmpty else { return elements }
        let sorted = problems.enumerated()
            .sorted { ($0.element.line ?? 0, $0.offset) < ($1.element.line ?? 0, $1.offset) }
            .map(\.element)
        var named = Array(sorted.prefix(Self.mostProblems))
        if sorted.count > named.count {
            named.append(.init(field: "body", message: "has \(sorted.count - named.count) more problems"))
        }
        throw APIError(
            status: .badRequest,
            code: "invalid-import",
            message: "nothing was imported: \(sorted.count == 1 ? "1 problem" : "\(sorted.count) problems")",
            details: named
        )
    }
}

extension RosterImport where Element == Program {
    static var columns: ImportColumns {
        ImportColumns(
            required: ["_id", "name"],
            optional: Set([
                "timeZone", "acknowledgeWithinSeconds", "message", "retryTimes", "retryFirstSeconds",
                "retryAtMostSeconds", "customerCount", "__v",
            ]).union(ProgramRules.keys)
        )
    }

    /// Documents of the first version (`_id`, `name`) and what this one keeps beside them.
    init(programs file: ImportFile) {
        self.init(file, Self.columns) { record in
            let id = record.requiredInteger("_id")
            let name = record.requiredText("name")
            let zone = record.text("timeZone") ?? Program.defaultTimeZone
            if !ZonedTime.isKnown(zone: zone) {
                let meant = ZonedTime.suggestion(forZone: zone).map { "; did you mean \($0)?" } ?? ""
                let cure = "must be an IANA name or an offset, as America/Los_Angeles or -07:00"
                record.problem("timeZone", "\(cure), not \(zone.prefix(60))\(meant)")
            }
            let within = record.seconds("acknowledgeWithinSeconds")
            let message = record.text("message")
            let retries = Self.retries(&record)
            let rules = record.rules()
            guard let id, let name else { return nil }
            let program = Program(
                id: id,
                name: name,
                timeZone: zone,
                acknowledgeWithin: within,
                messageTemplate: message,
                retries: retries,
                rules: rules
            )
            record.note(program.refusals)
            return (id, program)
        }
    }
}

extension RosterImport where Element == Program {
    /// `nil` where the program says nothing.
    private static func retries(_ record: inout RecordReader) -> Retries? {
        func pause(_ field: String) -> Span? {
            let span = record.seconds(field)
            if let span, span < Retries.shortestPause { record.problem(field, "must be 1 second or more") }
            return span
        }
        let retries = Retries(
            times: record.integer("retryTimes", within: 0...Retries.mostTimes),
            first: pause("retryFirstSeconds"),
            atMost: pause("retryAtMostSeconds")
        )
        if retries.isContradictory { record.problem("retryFirstSeconds", "is longer than retryAtMostSeconds") }
        return retries == Retries() ? nil : retries
    }
}

extension RosterImport where Element == Customer {
    /// A file without `dispatchTypes` would leave everybody out of reach.
    static var columns: ImportColumns {
        ImportColumns(
            required: ["_id", "name", "programId", "dispatchTypes"],
            optional: ["address", "phone", "email", "group", "__v"]
        )
    }

    /// Documents of the first version.
    /// - Parameter programs: those that a customer may be enrolled in.
    init(customers file: ImportFile, programs: Set<Program.ID>) {
        self.init(file, Self.columns) { record in
            let id = record.requiredInteger("_id")
            let name = record.requiredText("name")
            let program = record.requiredInteger("programId")
            if let program, !programs.contains(program) {
                record.problem("programId", "\(program) is not the _id of a program")
            }
            let methods = record.methods("dispatchTypes")
            let group = record.text("group").flatMap { $0.isEmpty ? nil : $0 }
            if let group, !Customer.isGroupName(group) {
                record.problem(
                    "group",
                    "must be letters, digits, '.', '_' and '-', at most 100, not \(group.prefix(60))"
                )
            }
            let address = record.text("address") ?? ""
            let phone = record.phone("phone") ?? ""
            let email = record.text("email") ?? ""
            guard let id, let name, let program else { return nil }
            let customer = Customer(
                id: id,
                name: name,
                address: address,
                phone: phone,
                email: email,
                program: program,
                group: group,
                methods: methods
            )
            record.note(customer.refusals)
            return (id, customer)
        }
    }
}
