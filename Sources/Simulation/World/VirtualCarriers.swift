internal import Base
internal import DemandResponse
internal import DispatchServer

/// The virtual world's clock, for those who have to be `Sendable`.
///
/// `@unchecked`: made, read and set on the one thread of its world (see `Runner`); a lock would be taken millions of times in vain.
final class VirtualClock: @unchecked Sendable {
    var now: Timestamp

    init(_ now: Timestamp) { self.now = now }
}

/// The simulated carriers on the virtual world's agenda.
///
/// `@unchecked`: as outgoing channels they have to be `Sendable`, and are used on the one thread of their world.
final class VirtualCarriers: @unchecked Sendable {
    var world: VirtualWorld?

    var channels: [DispatchMethod: any OutgoingChannel] {
        var channels: [DispatchMethod: any OutgoingChannel] = [:]
        for method in DispatchMethod.allCases where method != .websocket {
            channels[method] = VirtualCarrier(carriers: self, method: method)
        }
        return channels
    }
}

/// One of them. A method of which the scenario says nothing delivers at once and never fails.
private struct VirtualCarrier: OutgoingChannel {
    let carriers: VirtualCarriers
    let method: DispatchMethod

    func send(_ outgoing: Outgoing, report: @escaping @Sendable (DeliveryReport.Outcome) -> Void) {
        guard let world = carriers.world, let name = world.name(of: outgoing.dispatch.incident) else { return }
        let fate = world.carriers.fate(of: outgoing, name: name)
        if let atOnce = fate.atOnce { report(atOnce) }
        let dispatch = outgoing.dispatch
        if let later = fate.later {
            world.put(
                .report(
                    DeliveryReport(
                        key: dispatch.key,
                        modification: dispatch.modification,
                        kind: outgoing.kind,
                        attempt: outgoing.attempt,
                        outcome: later
                    )
                ),
                at: world.now + fate.delay
            )
        }
        if fate.arrives, outgoing.kind == .dispatch, let client = world.client(of: dispatch.key.customer) {
            world.put(.reached(client, dispatch), at: world.now + fate.delay)
        }
    }
}
