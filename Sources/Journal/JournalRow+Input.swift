internal import Base
public import DemandResponse
internal import Foundation

extension JournalRow {
    /// Reads an input back, whichever format it was written in.
    public func input(format: Int) throws(JournalDamage) -> Input {
        switch kind {
        case .started: return .started
        case .rosterReplaced: return .rosterReplaced(try decode(Roster.self), request)
        case .incidentRequested: return .incidentRequested(try IncidentDetail.request(try text()), request)
        case .incidentChanged: return .incidentChanged(try IncidentDetail.change(try text()), request)
        case .incidentCancelled:
            return .incidentCancelled(try incidentID("cancels"), request)
        case .incidentRecalled:
            return .incidentRecalled(try incidentID("recalls"), request)
        case .sessionConnected: return .sessionConnected(try required(session, "session"))
        case .sessionJoined:
            return .sessionJoined(try required(session, "session"), try required(customer, "customer"), request)
        case .sessionClosed: return .sessionClosed(try required(session, "session"))
        case .acknowledged:
            let answer = try AcknowledgementDetail.decode(
                try text(),
                optsOut: state == .declined,
                modification: modification,
                isEscaped: format >= 2
            )
            return .acknowledged(answer, try required(session, "session"), request)
        case .deliveriesReported:
            return .deliveriesReported(try DeliveryDetail.decode(try text(), isEscaped: format >= 2))
        case .deadlineReached: return .deadlineReached
        case .purged: return .purged(all: state == .all, request)
        case .incidentsArchived: return .incidentsArchived(try decode([Incident.Number].self))
        case .clockSet:
            guard let step = try decode([String: Int64].self)["microseconds"] else {
                throw JournalDamage("says that the clock was set, and not by how much")
            }
            return .clockSet(by: .microseconds(step))
        case .accessDenied: return .accessDenied(try decode(AccessDenial.self))
        case .tokenCreated: return .tokenCreated(try decode(TokenChange.self))
        case .tokenRevoked: return .tokenRevoked(try decode(TokenChange.self))
        default: throw JournalDamage("is an effect (\(kind.name)) without the input that had it")
        }
    }

    private func incidentID(_ verb: String) throws(JournalDamage) -> UniqueID {
        guard let id = try decode([String: String].self)["id"].flatMap({ UniqueID($0) }) else {
            throw JournalDamage("\(verb) an incident that it does not name")
        }
        return id
    }

    private func text() throws(JournalDamage) -> String { try required(detail, "detail") }

    private func decode<Value: Decodable>(_ type: Value.Type) throws(JournalDamage) -> Value {
        guard let value = try? JSONDecoder().decode(type, from: Data(try text().utf8)) else {
            throw JournalDamage("is a \(kind.name) whose detail cannot be read")
        }
        return value
    }
}
