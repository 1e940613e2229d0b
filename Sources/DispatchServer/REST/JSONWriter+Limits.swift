internal import Base
internal import DemandResponse
internal import Journal
internal import NIOCore
internal import SocketIO

extension JSONWriter {
    /// A program's rules under the keys of a scenario's program.
    mutating func ruleMembers(_ rules: ProgramRules) {
        guard let json = try? JSON(parsing: ByteBuffer(string: JournalEncoder.json(rules))) else { return }
        for member in json.objectValue?.members ?? [] {
            key(member.key)
            value(member.value)
        }
    }

    /// Of a refusal: every rule that is broken, with all that is told of it.
    mutating func limitMembers(_ refusal: LimitRefusal) {
        key("rules")
        beginArray()
        for broken in refusal.broken { self.broken(broken, zone: refusal.zone) }
        endArray()
        if let end = refusal.furthestEnd {
            key("may_end_at")
            string(end.iso8601(zone: refusal.zone))
        }
        key("time_zone")
        string(refusal.zone)
    }

    mutating func broken(_ broken: BrokenLimit, zone: String) {
        beginObject()
        key("rule")
        string(broken.rule.rawValue)
        key("limit")
        string(broken.limit)
        key("used")
        text(broken.used)
        key("asked")
        string(broken.asked)
        key("resets_at")
        text(broken.resetsAt?.iso8601(zone: zone))
        endObject()
    }

    mutating func lifted(_ lifted: LiftedRules) {
        beginObject()
        key("by")
        string(lifted.override.by)
        key("reason")
        string(lifted.override.reason)
        key("rules")
        beginArray()
        for rule in lifted.rules { string(rule.rawValue) }
        endArray()
        endObject()
    }

    /// What is used and left of a program's limits.
    mutating func use(_ use: ProgramUse, at now: Timestamp) {
        let zone = use.program.timeZone
        beginObject()
        key("program_id")
        integer(use.program.id)
        key("time_zone")
        string(zone)
        key("asOf")
        string(now.iso8601)
        key("of")
        string((use.program.rules?.limits.of ?? .program).rawValue)
        key("customers")
        integer(use.customers)
        key("full_customers")
        integer(use.fullCustomers)
        key("limits")
        beginArray()
        for limit in use.uses {
            beginObject()
            key("rule")
            string(limit.rule.rawValue)
            key("limit")
            string(limit.limit)
            key("used")
            string(limit.used)
            key("left")
            string(limit.left)
            key("full")
            bool(limit.isFull)
            key("resets_at")
            text(limit.resetsAt?.iso8601(zone: zone))
            endObject()
        }
        endArray()
        if let rules = use.program.rules {
            key("rules")
            beginObject()
            ruleMembers(rules)
            endObject()
        }
        endObject()
    }

    /// What would be decided of an incident: all effects but none of them carried out.
    mutating func preview(_ effects: [Effect], _ request: IncidentRequest, zone: String) {
        var refusal: Refusal?
        var lifted: LiftedRules?
        var leftOut: [LeftOut] = []
        var methods: [Customer.ID: [DispatchMethod]] = [:]
        for effect in effects {
            switch effect {
            case .answer(_, .refused(let reason)), .refused(let reason): refusal = reason
            case .record(.incident(let incident)): lifted = incident.lifted
            case .record(.leftOut(let customer)): leftOut.append(customer)
            case .record(.dispatch(let dispatch, let state)):
                let method = state == .unreachable ? nil : dispatch.key.method
                methods[dispatch.key.customer, default: []] += method.map { [$0] } ?? []
            default: break
            }
        }
        beginObject()
        key("dry_run")
        bool(true)
        key("would_be_taken")
        bool(refusal == nil)
        if let refusal {
            key("code")
            string(refusal.code.rawValue)
            key("message")
            string(refusal.message)
            if let limits = refusal.limits { limitMembers(limits) }
        }
        if let lifted {
            key("override")
            self.lifted(lifted)
        }
        key("customers")
        integer(methods.count)
        key("unreachable")
        integer(methods.values.count { $0.isEmpty })
        key("channels")
        beginObject()
        for method in DispatchMethod.allCases {
            let count = methods.values.count { $0.contains(method) }
            guard count > 0 else { continue }
            key(method.name)
            integer(count)
        }
        endObject()
        key("left_out")
        beginArray()
        for customer in leftOut {
            beginObject()
            key("customerId")
            integer(customer.customer)
            key("reason")
            string("limit")
            key("rules")
            beginArray()
            for broken in customer.rules { self.broken(broken, zone: zone) }
            endArray()
            endObject()
        }
        endArray()
        endObject()
    }
}
