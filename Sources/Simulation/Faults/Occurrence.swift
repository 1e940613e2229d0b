internal import Base
internal import DemandResponse
internal import Journal
internal import Scenarios

/// Something that faults can wait for, as the dispatcher knows it.
enum Occurrence: Equatable, Sendable, Codable {
    case committed(incident: UniqueID, number: Incident.Number)
    case acknowledged(number: Incident.Number)
    case refused(incident: UniqueID)

    var what: Happening.What {
        switch self {
        case .committed: .committed
        case .acknowledged: .acknowledged
        case .refused: .refused
        }
    }

    /// All in what was decided, in order.
    static func all(in entries: [JournalEntry]) -> [Occurrence] {
        entries.flatMap { entry in entry.effects.compactMap { Occurrence($0, of: entry.input) } }
    }

    private init?(_ effect: Effect, of input: Input) {
        switch effect {
        case .record(.incident(let incident)):
            self = .committed(incident: incident.id, number: incident.number)
        case .record(.acknowledgement(let acknowledgement)):
            self = .acknowledged(number: acknowledgement.incident)
        case .refused, .answer(_, .refused):
            guard let incident = input.incident else { return nil }
            self = .refused(incident: incident)
        case .record, .answer, .send, .emit, .observe, .enterRoom, .leave: return nil
        }
    }
}

extension Input {
    /// The incident that a request is about.
    fileprivate var incident: UniqueID? {
        switch self {
        case .incidentRequested(let request, _): request.id
        case .incidentChanged(let change, _): change.id
        case .incidentCancelled(let id, _), .incidentRecalled(let id, _): id
        default: nil
        }
    }
}
