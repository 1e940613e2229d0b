internal import DemandResponse

extension JournalRow {
    /// What a row says beside whom and what it is about, in the trade's words.
    public struct Field: Hashable, Sendable {
        public enum Name: String, Sendable {
            case message, state, audience, answer, attempt, destination, reason, record, words
            case timeliness, incident, customer, modification, session, open
        }

        public var name: Name
        public var value: String
    }

    /// A digest stands for a message: `DispatchDatabase.readMessage` may know its text.
    public var fields: [Field] {
        var fields: [Field] = []
        if let state { fields.append(Field(name: stateName, value: state.name)) }
        if let attempt { fields.append(Field(name: .attempt, value: "\(attempt)")) }
        if let digest {
            fields.append(Field(name: kind == .emitAcknowledgement ? .record : .message, value: "\(digest)"))
        }
        if let detail { fields.append(Field(name: detailName, value: detail)) }
        if let modification { fields.append(Field(name: .modification, value: "\(modification)")) }
        if let session { fields.append(Field(name: .session, value: "\(session.number)")) }
        switch kind {
        case .answerIncident, .answerAcknowledged, .answerJoined, .answerDone, .answerRefused, .roomEntered:
            if kind != .roomEntered {
                fields.append(Field(name: .answer, value: String(kind.name.dropFirst("answer.".count))))
            }
            if let incident { fields.append(Field(name: .incident, value: "\(incident)")) }
            if let customer { fields.append(Field(name: .customer, value: "\(customer)")) }
        default: break
        }
        return fields
    }

    /// The fields in which two rows about the same thing differ, with both values.
    public static func differences(
        _ recorded: JournalRow,
        _ replayed: JournalRow
    ) -> [(name: Field.Name, recorded: String?, replayed: String?)] {
        let before = recorded.fields
        let after = replayed.fields
        var names: [Field.Name] = []
        for field in before + after where !names.contains(field.name) { names.append(field.name) }
        return names.compactMap { name in
            let old = before.first { $0.name == name }?.value
            let new = after.first { $0.name == name }?.value
            return old == new ? nil : (name, old, new)
        }
    }

    private var stateName: Field.Name {
        switch kind {
        case .acknowledgementRecorded: .timeliness
        case .emitDispatch, .emitResync, .emitAcknowledgement, .emitRefused, .emitIncident: .audience
        default: .state
        }
    }

    private var detailName: Field.Name {
        switch kind {
        case .send: .destination
        case .acknowledgementRecorded: .answer
        case .deliveryRecorded, .cancellationRecorded, .refused, .answerRefused, .emitRefused: .reason
        case .answerJoined: .open
        default: .words
        }
    }
}
