internal import Base
internal import DemandResponse

extension JournalEncoder {
    func row(for input: Input, at now: Timestamp) -> JournalRow {
        switch input {
        case .started:
            return JournalRow(at: now, .started)
        case .rosterReplaced(let roster, let request):
            var row = JournalRow(at: now, .rosterReplaced)
            row.request = request
            row.detail = detail(roster)
            return row
        case .incidentRequested(let incident, let request):
            var row = JournalRow(at: now, .incidentRequested)
            row.request = request
            row.correlation = incident.correlation
            row.detail = detail(IncidentDetail(incident))
            return row
        case .incidentChanged(let change, let request):
            var row = JournalRow(at: now, .incidentChanged)
            row.request = request
            row.detail = detail(IncidentDetail(change))
            return row
        case .incidentCancelled(let id, let request):
            var row = JournalRow(at: now, .incidentCancelled)
            row.request = request
            row.detail = detail(["id": id.description])
            return row
        case .sessionConnected(let session):
            var row = JournalRow(at: now, .sessionConnected)
            row.session = session
            return row
        case .sessionJoined(let session, let customer, let request):
            var row = JournalRow(at: now, .sessionJoined)
            row.session = session
            row.customer = customer
            row.request = request
            return row
        case .sessionClosed(let session):
            var row = JournalRow(at: now, .sessionClosed)
            row.session = session
            return row
        case .acknowledged(let acknowledgement, let session, let request):
            var row = JournalRow(at: now, .acknowledged)
            row.session = session
            row.request = request
            row.modification = acknowledgement.modification
            if acknowledgement.optsOut { row.state = .declined }
            row.detail = AcknowledgementDetail.encode(acknowledgement)
            return row
        case .deliveriesReported(let reports):
            var row = JournalRow(at: now, .deliveriesReported)
            row.detail = DeliveryDetail.encode(reports)
            return row
        case .deadlineReached:
            return JournalRow(at: now, .deadlineReached)
        case .purged(let all, let request):
            var row = JournalRow(at: now, .purged)
            row.request = request
            row.state = all ? .all : .dispatches
            return row
        case .incidentsArchived(let numbers):
            var row = JournalRow(at: now, .incidentsArchived)
            row.detail = detail(numbers)
            return row
        case .accessDenied(let denial):
            var row = JournalRow(at: now, .accessDenied)
            row.detail = detail(denial)
            return row
        }
    }
}
