#!/usr/bin/env python3
"""Plants one-line changes in the rules, one by one, and says which of them the scenario suite does not notice."""

import argparse
import pathlib
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
RULES = "Sources/DemandResponse"

# (name, file below RULES, the line's text, what stands there instead)
MUTANTS = [
    # Who, by what, where to
    ("coverage: method twice counts", "Dispatcher/Dispatcher+Opening.swift",
     "where !customer.methods[..<index].contains(method)", "where index < 4"),
    ("coverage: nobody without a method", "Dispatcher/Dispatcher+Opening.swift",
     "if customer.methods.isEmpty {", "if customer.methods.count == 99 {"),
    ("coverage: other program's customers", "Dispatcher/Dispatcher+Incidents.swift",
     "let enrolled = enrolment[program.id] ?? []", "let enrolled = enrolment[2] ?? enrolment[program.id] ?? []"),
    ("groups: everybody is called", "Dispatcher/Dispatcher+Incidents.swift",
     "incident.groups.isEmpty ? enrolled : enrolled.filter(incident.calls)", "enrolled"),
    ("groups: those of none are called, too", "Incidents/Incident.swift",
     "customer.group.map(groups.contains) ?? false", "customer.group.map(groups.contains) ?? true"),
    ("groups: an unknown one calls nobody", "Dispatcher/Dispatcher+Incidents.swift",
     "group in !enrolled.contains { $0.group == group } }", "group in group.isEmpty }"),
    ("address: email goes to the phone", "Roster/Customer.swift",
     "case .email: destination = email", "case .email: destination = phone.isEmpty ? email : phone"),
    ("address: texts go to the email", "Roster/Customer.swift",
     "case .text, .voice: destination = phone", "case .text, .voice: destination = email.isEmpty ? phone : email"),
    ("address: blank is good enough", "Roster/Customer.swift",
     "return destination.allSatisfy(\\.isWhitespace) ? nil : destination", "return destination"),
    # Words
    ("words: no drill's mark", "Dispatches/Wording.swift",
     "incident.isTest ? MessageTemplate.drillPrefix", 'incident.isTest ? ""'),
    ("words: drill's mark on everything", "Dispatches/Wording.swift",
     'MessageTemplate.drillPrefix : ""', "MessageTemplate.drillPrefix : MessageTemplate.drillPrefix"),
    ("words: the open end", "Dispatches/MessageTemplate.swift", '"further notice"', '"now"'),
    ("words: end in place of start", "Dispatches/MessageTemplate.swift",
     '("{start}", incident.period.startText)', '("{start}", incident.period.endText ?? openEnd)'),
    ("words: the program's template ignored", "Dispatches/Wording.swift",
     "program.messageTemplate ?? MessageTemplate.standard", "MessageTemplate.standard"),
    # Acknowledgements
    ("answer: the same again counts", "Dispatcher/Dispatcher+Acknowledgements.swift",
     "if let standing, standing.optsOut == request.optsOut {",
     "if let standing, standing.optsOut == request.optsOut, now <= standing.at {"),
    ("answer: a change of mind is not heard", "Dispatcher/Dispatcher+Acknowledgements.swift",
     "if let standing, standing.optsOut == request.optsOut {", "if let standing {"),
    ("answer: a change of mind has the latency", "Dispatcher/Dispatcher+Acknowledgements.swift",
     "firstAt: standing?.answeredAt,", "firstAt: nil,"),
    ("answer: withdrawn before the start", "Dispatcher/Dispatcher+Acknowledgements.swift",
     "request.optsOut && now >= incident.period.start", "request.optsOut && now >= incident.period.start - .milliseconds(1)"),
    ("answer: not withdrawn at the start", "Dispatcher/Dispatcher+Acknowledgements.swift",
     "request.optsOut && now >= incident.period.start", "request.optsOut && now > incident.period.start"),
    ("answer: withdrawn without having opted in", "Dispatcher/Dispatcher+Acknowledgements.swift",
     "isWithdrawal: standing != nil && request.optsOut", "isWithdrawal: request.optsOut"),
    ("answer: late is the last one's", "Dispatcher/Dispatcher+Acknowledgements.swift",
     "isLate: standing?.isLate ?? isLate(", "isLate: isLate("),
    ("answer: other records are not withdrawn", "Dispatcher/Dispatcher+Acknowledgements.swift",
     "for record in participant.records { withdraw(record, of: index, kind: .dispatch, into: &effects) }",
     "for record in participant.records.prefix(0) { withdraw(record, of: index, kind: .dispatch, into: &effects) }"),
    ("answer: only the first record is told of", "Dispatcher/Dispatcher+Acknowledgements.swift",
     "        for record in participant.records {\n            let news", "        for record in participant.records.prefix(1) {\n            let news"),
    ("answer: opt-out is lost", "Dispatcher/Dispatcher+Acknowledgements.swift",
     "optsOut: request.optsOut,", "optsOut: false,"),
    ("answer: who is lost", "Dispatcher/Dispatcher+Acknowledgements.swift", "by: request.by,", 'by: "somebody",'),
    ("answer: never-sent is accepted", "Dispatcher/Dispatcher+Acknowledgements.swift",
     "record.delivery.attempts == 0", "record.delivery.attempts < 0"),
    ("answer: observers are not told", "Dispatcher/Dispatcher+Acknowledgements.swift",
     "to: observerCount > 0\n", "to: observerCount > 99\n"),
    # Deadlines
    ("deadline: late at the deadline", "Dispatcher/Dispatcher+Acknowledgements.swift",
     "return now > books[index].announcement(of: modification) + within",
     "return now >= books[index].announcement(of: modification) + within"),
    ("deadline: from the first notice", "Dispatcher/Dispatcher+Acknowledgements.swift",
     "books[index].announcement(of: modification) + within", "incident.createdAt + within"),
    ("deadline: from the last notice", "Dispatcher/Dispatcher+Acknowledgements.swift",
     "books[index].announcement(of: modification) + within", "incident.announcedAt + within"),
    ("deadline: never late after the end", "Dispatcher/Dispatcher+Acknowledgements.swift",
     "if incident.isOver(at: now), !incident.isBelated { return true }", "if incident.isOver(at: now) { return false }"),
    ("belated: never in time", "Dispatcher/Dispatcher+Acknowledgements.swift",
     "if incident.isOver(at: now), !incident.isBelated { return true }", "if incident.isOver(at: now) { return true }"),
    ("belated: nobody is waited for", "Dispatcher/Dispatcher+Deliveries.swift",
     "let isOver = incident.isBelated ? hasLapsed(incident, at: now) : incident.isOver(at: now)",
     "let isOver = incident.isOver(at: now)"),
    ("belated: lapses at once", "Dispatches/RetryPolicy.swift",
     "if incident.isBelated { return", "if false, incident.isBelated { return"),
    # Modifications
    ("modification: answers stay", "Dispatcher/Dispatcher+Incidents.swift",
     "books[index].participants[participant].acknowledgement = nil", "_ = participant"),
    ("modification: kind is kept", "Dispatcher/Dispatcher+Incidents.swift",
     "changed.eventType = change.eventType ?? changed.eventType", "_ = change.eventType"),
    ("modification: number stays", "Dispatcher/Dispatcher+Incidents.swift",
     "books[index].incident.modification += 1", "books[index].incident.modification += 0"),
    ("modification: announced as before", "Dispatcher/Dispatcher+Incidents.swift",
     "books[index].incident.announcedAt = now", "_ = now"),
    ("modification: of what is over", "Dispatcher/Dispatcher+Incidents.swift",
     'guard !books[index].isOver(at: now) else {\n            return .refused(Refusal(.incidentOver, "incident \\(change.id)',
     'guard true || !books[index].isOver(at: now) else {\n            return .refused(Refusal(.incidentOver, "incident \\(change.id)'),
    ("modification: old words", "Dispatcher/Dispatcher+Opening.swift",
     "message: words.message(for: old.customerName),", "message: old.message,"),
    # Retries
    ("retry: no growth", "Dispatches/RetryPolicy.swift", "min(delay + delay, longestDelay)", "min(delay, longestDelay)"),
    ("retry: no longest pause", "Dispatches/RetryPolicy.swift",
     "longestDelay: Span = .minutes(5)", "longestDelay: Span = .minutes(50)"),
    ("retry: at the end still", "Dispatches/RetryPolicy.swift",
     "return next < deadline ? next : nil", "return next < deadline + .minutes(30) ? next : nil"),
    ("retry: open end for two days", "Dispatches/RetryPolicy.swift",
     "openEndedDeadline: Span = .hours(24)", "openEndedDeadline: Span = .hours(20)"),
    ("retry: after a failure for good", "Dispatcher/Dispatcher+Deliveries.swift",
     "case .failedForGood: return .failed", "case .failedForGood: return next == nil ? .failed : .deferred"),
    ("retry: six minutes of silence", "Dispatches/RetryPolicy.swift",
     "reportWithin: Span = .minutes(5)", "reportWithin: Span = .minutes(6)"),
    ("retry: a program's own rule is of no account", "Dispatcher/Dispatcher+Deliveries.swift",
     "retries.adjusted(by: roster.program(incident.program)?.retries)", "retries"),
    ("retry: once too often", "Dispatches/RetryPolicy.swift",
     "attempts > mostRetries {", "attempts > mostRetries + 1 {"),
    ("retry: the first pause stays", "Dispatches/Retries.swift",
     "min(retries.first ?? firstDelay, policy.longestDelay)", "firstDelay"),
    ("retry: the longest pause stays", "Dispatches/Retries.swift",
     "policy.longestDelay = retries.atMost ?? max(longestDelay, retries.first ?? .zero)",
     "policy.longestDelay = max(longestDelay, retries.first ?? .zero)"),
    ("reports: those of earlier attempts count", "Dispatcher/Dispatcher+Deliveries.swift",
     "delivery.attempts == report.attempt\n", "delivery.attempts >= report.attempt\n"),
    ("reports: those of earlier modifications count", "Dispatcher/Dispatcher+Deliveries.swift",
     "report.modification == books[index].records[record].dispatch.modification,",
     "report.modification <= books[index].records[record].dispatch.modification,"),
    ("reports: delivered is not kept", "Dispatches/Delivery.swift",
     "case (.sent, .delivered), (.sent, .failed), (.sent, .deferred): true",
     "case (.sent, .failed), (.sent, .deferred): true"),
    # Cancellations
    ("cancellation: no news by carrier", "Dispatcher/Dispatcher+Incidents.swift",
     "if mayHaveTaken, let method", "if false, mayHaveTaken, let method"),
    ("cancellation: no news by session", "Dispatcher/Dispatcher+Incidents.swift",
     "if sessionCounts[customer] != nil {\n            effects.append(.emit(.incident",
     "if sessionCounts[customer] == 99 {\n            effects.append(.emit(.incident"),
    ("cancellation: also to whom it failed", "Dispatcher/Dispatcher+Incidents.swift",
     "return delivery.mayHaveArrived || books[index].incident.modification > 0", "return true"),
    ("cancellation: what waits stays", "Dispatcher/Dispatcher+Incidents.swift",
     "withdraw(record, of: index, kind: .dispatch, into: &effects)\n            if mayHaveTaken",
     "if mayHaveTaken"),
    ("cancellation: unknown to who joins later", "Dispatcher/Dispatcher+Sessions.swift",
     "if mayKnow {", "if mayKnow && false {"),
    ("cancellation: told to who knows nothing", "Dispatcher/Dispatcher+Sessions.swift",
     "if mayKnow {", "if mayKnow || true {"),
    # Recalls
    ("recall: told as a cancellation", "Incidents/Closing.swift",
     "case .recall: .allClear", "case .recall: .cancellation"),
    ("recall: goes on all the same", "Incidents/Incident.swift",
     "closing != nil || period.hasEnded(at: now)", "cancelledAt != nil || period.hasEnded(at: now)"),
    ("recall: unknown to who joins later", "Dispatcher/Dispatcher+Sessions.swift",
     "if books[index].incident.closing != nil {", "if books[index].incident.cancelledAt != nil {"),
    ("recall: nothing is told after it", "Dispatches/RetryPolicy.swift",
     "incident.period.end ?? incident.closing.map", "incident.recalledAt ?? incident.period.end ?? incident.closing.map"),
    # Sessions, ends, restarts
    ("session: told again of what is answered", "Dispatcher/Dispatcher+Sessions.swift",
     "guard participant.acknowledgement == nil else { return 0 }", "guard true else { return 0 }"),
    ("session: no resync of other methods", "Dispatcher/Dispatcher+Sessions.swift",
     "let hasBeenSent = dispatch.key.method == .websocket || delivery.state.hasBeenSent",
     "if dispatch.key.method != .websocket { continue }\n            let hasBeenSent = true"),
    ("closing: a silent carrier is taken not to have brought it", "Dispatcher/Dispatcher+Incidents.swift",
     "return delivery.mayHaveArrived || ", "return "),
    ("session: told of what has ended", "Dispatcher/Dispatcher+Sessions.swift",
     "!hasLapsed(books[index].incident, at: now)", "books[index].incident.number > 0"),
    ("restart: what was on its way is lost", "Dispatcher/Dispatcher+Restart.swift",
     "guard delivery.state == .sending || delivery.state == .deferred, let method = key.method else { return }",
     "guard delivery.state == .deferred, let method = key.method else { return }"),
    ("restart: what waited is lost", "Dispatcher/Dispatcher+Restart.swift",
     "guard delivery.state == .sending || delivery.state == .deferred, let method = key.method else { return }",
     "guard delivery.state == .sending, let method = key.method else { return }"),
    ("restart: sessions wait for nothing", "Dispatcher/Dispatcher+Restart.swift",
     "delivery.state = isWanted ? .pending : .withdrawn", "delivery.state = .withdrawn"),
]


def suite(root):
    """The scenarios in two parts: the quick ones about the rules, and the others, for what those do not notice."""
    # What begins with an underscore is included by others.
    files = [path for path in (root / "scenarios").rglob("*.yaml") if not path.name.startswith("_")]
    every = sorted(str(path.relative_to(root)) for path in files)
    rules = [path for path in every if path.startswith("scenarios/rules/")]
    return rules, [path for path in every if path not in rules and not path.endswith("/power-saver.yaml")]


def notices(root):
    command = [root / ".build/debug/griddrill", "run", "--quiet", "--reports", root / "reports/mutants"]
    return any(
        subprocess.run([*command, *part], cwd=root, capture_output=True, text=True).returncode != 0 for part in suite(root)
    )


def build(root):
    return subprocess.run(
        ["swift", "build", "--product", "griddrill"], cwd=root, capture_output=True, text=True
    )


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--only", help="those whose name contains this")
    arguments.add_argument("--work", help="a copy of the repository to work in; without it, one that is made and removed")
    options = arguments.parse_args()
    chosen = [mutant for mutant in MUTANTS if not options.only or options.only in mutant[0]]
    temporary = None
    if options.work:
        root = pathlib.Path(options.work)
    else:
        temporary = tempfile.mkdtemp(prefix="griddrill-mutants-")
        root = pathlib.Path(temporary) / "copy"
        shutil.copytree(ROOT, root, ignore=shutil.ignore_patterns(".build", "reports", ".git"))
        (root / "reports").mkdir()
    missed, invalid = [], []
    try:
        # A suite that fails without any change would seem to notice every one.
        if build(root).returncode != 0 or notices(root):
            print("the suite does not build or pass as it is: nothing can be said of changes", file=sys.stderr)
            return 2
        for name, file, old, new in chosen:
            path = root / RULES / file
            original = path.read_text()
            if original.count(old) != 1:
                invalid.append(f"{name}: its line stands {original.count(old)} times in {file}")
                continue
            path.write_text(original.replace(old, new))
            try:
                built = build(root)
                if built.returncode != 0:
                    error = next((line for line in built.stdout.splitlines() if "error:" in line), "?")
                    invalid.append(f"{name}: does not build: {error}")
                    continue
                noticed = notices(root)
            finally:
                path.write_text(original)
            print(f"{'noticed' if noticed else 'missed '} {name}", flush=True)
            if not noticed:
                missed.append(name)
    finally:
        if temporary:
            shutil.rmtree(temporary)
    for line in invalid:
        print(f"invalid {line}")
    tried = len(chosen) - len(invalid)
    print(f"{tried - len(missed)} of {tried} changes were noticed")
    return 1 if missed or invalid else 0


if __name__ == "__main__":
    sys.exit(main())
