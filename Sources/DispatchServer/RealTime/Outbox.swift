internal import DemandResponse
internal import NIOCore
internal import SocketIO

extension SocketIOServerSession {
    /// On the session's event loop: at once when that is where we are.
    func run(_ body: @escaping @Sendable (SocketIOServerSession) -> Void) {
        if eventLoop.inEventLoop {
            body(self)
        } else {
            eventLoop.execute { body(self) }
        }
    }
}

/// What waits to be sent on one event loop: a batch of effects costs one hop to it, however many sessions they are for.
///
/// Belongs to the thread that carries effects out.
final class Outbox {
    private struct Item: Sendable {
        let session: SocketIOServerSession
        let packet: EncodedPacket
        let report: DeliveryReport?
    }

    /// So that no single input holds the rules up for long.
    private static let mostReports = 512

    let eventLoop: any EventLoop
    private var items: [Item] = []

    init(eventLoop: any EventLoop) {
        self.eventLoop = eventLoop
    }

    func put(_ packet: EncodedPacket, to session: SocketIOServerSession, _ report: DeliveryReport?) {
        items.append(Item(session: session, packet: packet, report: report))
    }

    func send(reportingTo sink: any InputSink) {
        guard !items.isEmpty else { return }
        let items = items
        self.items = []
        if eventLoop.inEventLoop {
            Self.send(items, reportingTo: sink)
        } else {
            eventLoop.execute { Self.send(items, reportingTo: sink) }
        }
    }

    private static func send(_ items: [Item], reportingTo sink: any InputSink) {
        var reports: [DeliveryReport] = []
        for (index, item) in items.enumerated() {
            let session = item.session
            let isOpen = session.isOpen
            session.emit(item.packet)
            if index + 1 == items.count || items[index + 1].session !== session { session.flush() }
            guard var report = item.report else { continue }
            if !isOpen { report.outcome = .failedForNow(reason: "the session had closed") }
            reports.append(report)
            if reports.count == mostReports {
                _ = sink.submit(.deliveriesReported(reports))
                reports = []
            }
        }
        if !reports.isEmpty { _ = sink.submit(.deliveriesReported(reports)) }
    }
}
