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
        var counts: JSONObject = [:]
        for kind in ReplayDifference.Kind.allCases {
            let count = finding.counts[kind] ?? DifferenceCount()
            counts[kind.rawValue] = .object([
                "own": JSON(count.own), "consequences": JSON(count.consequences),
            ])
        }
        var members: JSONObject = [
            "format": JSON(Self.format),
            "record": .string(summary.path),
            "scenario": JSON(summary.header?.name),
            "recordVersion": JSON(summary.header?.version),
            "version": .string(summary.version),
            "mode": .string(finding.mode.rawValue),
            "journalFormats": .array(finding.formats.map { JSON($0) }),
            "inputs": JSON(finding.inputs),
            "effects": JSON(finding.effects),
            "equal": .bool(finding.isEqual),
            "status": .integer(Int64(summary.status.rawValue)),
            "counts": .object(counts),
            "groups": .array(finding.groups.map(group)),
            "first": finding.first.map(first) ?? .null,
        ]
        if let verdicts = finding.verdicts {
            members["verdicts"] = .object([
                "recorded": JSON(verdicts.recorded?.rawValue), "replayed": JSON(verdicts.replayed?.rawValue),
            ])
        }
        return JSON.object(members).document(sortingKeys: true)
    }

    private func group(_ group: DifferenceGroup) -> JSON {
        .object([
            "kind": .string(group.first.kind.rawValue),
            "decision": .string(group.first.row.words(methods: group.methods)),
            "fields": .array(group.first.fields.map { .string($0.name.rawValue) }),
            "count": JSON(group.count),
            "customers": JSON(group.customerCount),
            "someCustomers": .array(group.customers.map { JSON($0) }),
            "incidents": .array(group.incidents.map { .string(summary.incidents[$0] ?? "\($0)") }),
            "methods": .array(group.methods.map { .string($0.name) }),
            "firstAt": .string(group.first.at.iso8601),
        ])
    }

    private func first(_ first: FirstDifference) -> JSON {
        let difference = first.difference
        let row = difference.row
        return .object([
            "kind": .string(difference.kind.rawValue),
            "decision": .string(row.words()),
            "at": .string(difference.at.iso8601),
            "recordedAt": JSON(difference.recorded?.at.iso8601),
            "replayedAt": JSON(difference.replayed?.at.iso8601),
            "sequence": JSON(difference.sequence),
            "customer": JSON(row.customer.map(Int64.init)),
            "incident": JSON(row.incident.map { summary.incidents[$0] ?? "\($0)" }),
            "method": JSON(row.method?.name),
            "fields": .array(difference.fields.map { side($0, first) }),
            "inputs": .array(
                first.inputs.map { input in
                    .object([
                        "sequence": JSON(input.sequence), "at": .string(input.at.iso8601),
                        "input": .string(input.input.words(about: row.customer)),
                    ])
                }
            ),
        ])
    }

    private func side(
        _ field: (name: JournalRow.Field.Name, recorded: String?, replayed: String?),
        _ first: FirstDifference
    ) -> JSON {
        func text(_ value: String?) -> JSON {
            guard field.name == .message, let digest = value.flatMap({ Int64($0) }) else { return JSON(value) }
            return JSON(first.messages[digest] ?? value)
        }
        return .object([
            "name": .string(field.name.rawValue), "recorded": text(field.recorded), "replayed": text(field.replayed),
        ])
    }
}
