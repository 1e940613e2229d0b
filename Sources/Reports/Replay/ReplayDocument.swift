internal import Base
internal import DispatchStore
internal import Journal

/// A replay as JSON, for programs. Members are only ever added; `format` says when one has changed its meaning.
public struct ReplayDocument: Sendable {
    private static let format = 1

    private let summary: ReplaySummary

    public init(_ summary: ReplaySummary) { self.summary = summary }

    /// Two equal documents are equal texts.
    public var text: String {
        let finding = summary.finding
        var counts: [String: JSONValue] = [:]
        for kind in ReplayDifference.Kind.allCases {
            let count = finding.counts[kind] ?? DifferenceCount()
            counts[kind.rawValue] = .object([
                "own": JSONValue(count.own), "consequences": JSONValue(count.consequences),
            ])
        }
        var members: [String: JSONValue] = [
            "format": JSONValue(Self.format),
            "record": .string(summary.path),
            "scenario": JSONValue(summary.header?.name),
            "recordVersion": JSONValue(summary.header?.version),
            "version": .string(summary.version),
            "mode": .string(finding.mode.rawValue),
            "journalFormats": .array(finding.formats.map { JSONValue($0) }),
            "inputs": JSONValue(finding.inputs),
            "effects": JSONValue(finding.effects),
            "equal": .bool(finding.isEqual),
            "status": .integer(Int64(summary.status.rawValue)),
            "counts": .object(counts),
            "groups": .array(finding.groups.map(group)),
            "first": finding.first.map(first) ?? .null,
        ]
        if let verdicts = finding.verdicts {
            members["verdicts"] = .object([
                "recorded": JSONValue(verdicts.recorded?.rawValue), "replayed": JSONValue(verdicts.replayed?.rawValue),
            ])
        }
        return JSONValue.object(members).text
    }

    private func group(_ group: DifferenceGroup) -> JSONValue {
        .object([
            "kind": .string(group.first.kind.rawValue),
            "decision": .string(group.first.row.words(methods: group.methods)),
            "fields": .array(group.first.fields.map { .string($0.name.rawValue) }),
            "count": JSONValue(group.count),
            "customers": JSONValue(group.customerCount),
            "someCustomers": .array(group.customers.map { JSONValue($0) }),
            "incidents": .array(group.incidents.map { .string(summary.incidents[$0] ?? "\($0)") }),
            "methods": .array(group.methods.map { .string($0.name) }),
            "firstAt": .string(group.first.at.iso8601),
        ])
    }

    private func first(_ first: FirstDifference) -> JSONValue {
        let difference = first.difference
        let row = difference.row
        return .object([
            "kind": .string(difference.kind.rawValue),
            "decision": .string(row.words()),
            "at": .string(difference.at.iso8601),
            "recordedAt": JSONValue(difference.recorded?.at.iso8601),
            "replayedAt": JSONValue(difference.replayed?.at.iso8601),
            "sequence": JSONValue(difference.sequence),
            "customer": JSONValue(row.customer.map(Int64.init)),
            "incident": JSONValue(row.incident.map { summary.incidents[$0] ?? "\($0)" }),
            "method": JSONValue(row.method?.name),
            "fields": .array(difference.fields.map { side($0, first) }),
            "inputs": .array(
                first.inputs.map { input in
                    .object([
                        "sequence": JSONValue(input.sequence), "at": .string(input.at.iso8601),
                        "input": .string(input.input.words(about: row.customer)),
                    ])
                }
            ),
        ])
    }

    private func side(
        _ field: (name: JournalRow.Field.Name, recorded: String?, replayed: String?),
        _ first: FirstDifference
    ) -> JSONValue {
        func text(_ value: String?) -> JSONValue {
            guard field.name == .message, let digest = value.flatMap({ Int64($0) }) else { return JSONValue(value) }
            return JSONValue(first.messages[digest] ?? value)
        }
        return .object([
            "name": .string(field.name.rawValue), "recorded": text(field.recorded), "replayed": text(field.replayed),
        ])
    }
}
