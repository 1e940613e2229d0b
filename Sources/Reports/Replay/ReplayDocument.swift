internal import Analysis
internal import Base
internal import DispatchStore
internal import Journal

/// A replay as JSON, for programs. Members are only ever added; `format` says when one has changed its meaning.
public struct ReplayDocument: Sendable {
    private static let format = 2

    private let summary: ReplaySummary

    public init(_ summary: ReplaySummary) { self.summary = summary }

    /// Two equal documents are equal texts.
    public var text: String {
        let finding = summary.finding
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
            "differingInputs": JSON(finding.differingInputs),
            "differences": .array(
                finding.differences.map {
                    .object([
                        "subject": .string($0.subject), "change": .string($0.change), "count": JSON($0.count),
                    ])
                }
            ),
            "first": finding.first.map(first) ?? .null,
        ]
        if let verdicts = finding.verdicts {
            members["verdicts"] = .object([
                "recorded": JSON(verdicts.recorded?.rawValue), "replayed": JSON(verdicts.replayed?.rawValue),
            ])
        }
        return JSON.object(members).document(sortingKeys: true)
    }

    private func first(_ first: FirstDifference) -> JSON {
        let difference = first.difference
        let row = difference.row
        return .object([
            "kind": .string(difference.kind.rawValue),
            "decision": .string(row.words),
            "at": .string(row.at.iso8601),
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
