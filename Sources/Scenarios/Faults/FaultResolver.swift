internal import Base
import DemandResponse

/// Holds the faults against the run, the timeline and each other.
struct FaultResolver {
    let clock: ScenarioClock?
    let timeline: [TimelineDraft]
    let diagnostics: Diagnostics

    /// When a scripted restart leaves no server.
    private struct Outage {
        var id: String
        var from: Timestamp
        var until: Timestamp
        var location: SourceLocation
    }

    func resolve(_ drafts: [FaultDraft]) -> [Fault] {
        let ids = drafts.enumerated().map { $1.id?.value ?? Fault.standardID(at: $0) }
        refuseDuplicates(zip(ids, drafts).map { Located(value: $0, location: $1.id?.location ?? $1.location) })
        var outages: [Outage] = []
        let faults = zip(ids, drafts).compactMap { id, draft -> Fault? in
            let trigger = trigger(draft)
            guard case .restart(let restart)? = draft.kind else { return nil }
            let kind = resolve(restart)
            guard let trigger, let kind else { return nil }
            if case .at(let instant) = trigger {
                let location = draft.at?.location ?? draft.location
                let outage = Outage(id: id, from: instant, until: instant + kind.down, location: location)
                check(outage)
                outages.append(outage)
            }
            return Fault(id: id, trigger: trigger, kind: .restart(kind), location: draft.location)
        }
        refuseOverlaps(among: outages)
        return faults
    }

    private func refuseDuplicates(_ ids: [Located<String>]) {
        var first: [String: SourceLocation] = [:]
        for id in ids {
            guard let earlier = first[id.value] else {
                first[id.value] = id.location
                continue
            }
            diagnostics.error(
                "the fault '\(id.value)' is already defined",
                at: id.location,
                help: "it is on line \(earlier.line)"
            )
        }
    }

    private func trigger(_ draft: FaultDraft) -> Fault.Trigger? {
        if let after = draft.after, draft.on == nil, draft.at != nil {
            diagnostics.error(
                "'after' is counted from what 'on' waits for, and there is none",
                at: after.location,
                help: "let 'at' be the later instant, or wait for something, as on: {committed: peak}"
            )
        }
        if let on = draft.on {
            Known.check(on.incident, among: incidents(on.what), diagnostics)
            let happening = Happening(on.what, incident: on.incident.value, nth: on.nth)
            return .on(happening, after: draft.after?.value ?? .zero)
        }
        return draft.at.flatMap { clock?.instantOfRun($0, diagnostics) }.map(Fault.Trigger.at)
    }

    /// What the timeline names, and of what is not refused only what it creates. `nil`: not all of it could be read.
    private func incidents(_ what: Happening.What) -> [String]? {
        var ids: [String] = []
        for draft in timeline {
            let id: Located<String>?
            switch draft.action {
            case .incident(let incident): id = incident.id
            case .modify(let modification): id = modification.incident
            case .cancel(let incident), .recall(let incident): id = incident
            case nil: return nil
            }
            guard let id else { return nil }
            let isCreated = if case .incident = draft.action { draft.refused == nil } else { false }
            if what == .refused || isCreated, !ids.contains(id.value) { ids.append(id.value) }
        }
        return ids
    }

    private func resolve(_ draft: RestartDraft) -> Restart? {
        if let boundary = draft.boundary, let how = draft.how, how != .kill {
            diagnostics.error(
                "only a kill can strike between two steps, not \(how.rawValue)",
                at: boundary.location,
                help: "a server that ends in order, or pauses, finishes the batch: leave 'between' out, or kill it"
            )
        }
        guard let down = draft.down else { return nil }
        guard down.value > .zero else {
            diagnostics.error("the server is down for no time", at: down.location, help: "write it as 8s, 1m30s")
            return nil
        }
        if let clock, let ends = clock.ends, down.value > ends - clock.starts {
            diagnostics.error(
                "the server is down for longer than the run lasts",
                at: down.location,
                help: "the run is from \(clock.text(of: clock.starts)) to \(clock.text(of: ends))"
            )
            return nil
        }
        return draft.how.map { Restart($0, down: down.value, boundary: draft.boundary?.value) }
    }

    private func check(_ outage: Outage) {
        guard let clock, let ends = clock.ends, outage.until > ends else { return }
        diagnostics.error(
            "the server would not be back before the run ends",
            at: outage.location,
            help: "it would be back at \(clock.text(of: outage.until)), and the run ends at \(clock.text(of: ends))"
        )
    }

    /// In order of their beginnings an overlap shows against the one that has lasted longest so far.
    private func refuseOverlaps(among outages: [Outage]) {
        let outages = outages.sorted { ($0.from, $0.location) < ($1.from, $1.location) }
        guard var longest = outages.first, let clock else { return }
        for outage in outages.dropFirst() {
            if outage.from <= longest.until {
                diagnostics.error(
                    "the restart '\(outage.id)' begins while the server is down for '\(longest.id)'",
                    at: outage.location,
                    help:
                        "'\(longest.id)', on line \(longest.location.line), lasts until \(clock.text(of: longest.until))"
                )
            }
            if outage.until > longest.until { longest = outage }
        }
    }
}
