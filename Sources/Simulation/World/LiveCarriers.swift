internal import Base
internal import DemandResponse
internal import DispatchServer
internal import NIOConcurrencyHelpers
internal import NIOCore
internal import Scenarios

/// The simulated carriers of a live run, on an event loop's clock.
final class LiveCarriers: Sendable {
    let eventLoop: any EventLoop
    private let carriers: SimulatedCarriers
    private let names: [UniqueID: String]
    private let box = NIOLockedValueBox<(fleet: LiveFleet?, waiting: Int)>((nil, 0))

    init(_ scenario: Scenario, names: [UniqueID: String], eventLoop: any EventLoop) {
        carriers = SimulatedCarriers(scenario)
        self.names = names
        self.eventLoop = eventLoop
    }

    var channels: [DispatchMethod: any OutgoingChannel] {
        var channels: [DispatchMethod: any OutgoingChannel] = [:]
        for method in DispatchMethod.allCases where method != .websocket {
            channels[method] = LiveCarrier(carriers: self, method: method)
        }
        return channels
    }

    /// Who is told that a carrier has brought a dispatch.
    func serve(_ fleet: LiveFleet) { box.withLockedValue { $0.fleet = fleet } }

    /// How many messages are still on their way.
    var waiting: Int { box.withLockedValue { $0.waiting } }

    fileprivate func send(_ outgoing: Outgoing, _ report: @escaping @Sendable (DeliveryReport.Outcome) -> Void) {
        let incident = outgoing.dispatch.incident
        let fate = carriers.fate(of: outgoing, name: names[incident] ?? incident.description)
        if let atOnce = fate.atOnce { report(atOnce) }
        box.withLockedValue { $0.waiting += 1 }
        eventLoop.scheduleTask(in: .microseconds(fate.delay.microseconds)) { [self] in
            if let later = fate.later { report(later) }
            let fleet = box.withLockedValue { box in
                box.waiting -= 1
                return box.fleet
            }
            if fate.arrives, outgoing.kind == .dispatch { fleet?.reached(outgoing.dispatch) }
        }
    }
}

private struct LiveCarrier: OutgoingChannel {
    let carriers: LiveCarriers
    let method: DispatchMethod

    func send(_ outgoing: Outgoing, report: @escaping @Sendable (DeliveryReport.Outcome) -> Void) {
        carriers.send(outgoing, report)
    }
}
