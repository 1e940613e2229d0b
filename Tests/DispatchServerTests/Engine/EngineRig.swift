import Base
import DemandResponse
import Journal
import NIOConcurrencyHelpers
import Simulation
import SocketIO
import TestSupport

@testable import DispatchServer

/// A node without a thread, on a clock that is set by hand, over a storage that can fail.
final class EngineRig {
    static let beginning = Timestamp(microseconds: 1_717_455_600_000_000)

    let memory = MemoryStorage()
    let storage: FaultyStorage
    let node: DispatchNode
    let carrier = HeldCarrier()
    private let clock = HandClock(beginning)

    /// Three customers who are written to by e-mail, and a node that has begun.
    init(archiveAfter: Span? = nil, seed: UInt64 = 1) throws {
        storage = FaultyStorage(around: memory, seed: seed)
        node = try DispatchNode(
            DispatchNode.Settings(archiveAfter: archiveAfter),
            storage: storage,
            channels: [.email: carrier],
            clock: clock,
            makeSessionID: { "session" },
            makeTimer: { _ in fatalError("nobody connects") }
        )
        node.start()
        _ = node.inbox.submit(.rosterReplaced(.sites([[.email], [.email], [.email]]), nil))
        turn()
    }

    var now: Timestamp { clock.now() }

    /// Lets time pass, then does all that is to be done.
    func turn(after span: Span = .zero) {
        clock.advance(by: span)
        node.engine.turn(node.inbox.takeWaiting() ?? [], at: clock.now())
    }

    /// Somebody sets the clock, and the engine notices.
    func setClock(by span: Span) {
        clock.set(by: span)
        node.engine.clockWasSet(by: span)
    }

    /// Asks for an incident of half an hour that begins in an hour; it is answered with the next turn.
    func ask(_ name: String) -> Asked {
        let start = now + .hours(1)
        let id = Self.id(name)
        return ask {
            .incidentRequested(
                IncidentRequest(
                    id: id,
                    correlation: id,
                    program: 1,
                    eventType: "market_dispatch",
                    period: Incident.Period(start: start, end: start + .minutes(30))
                ),
                $0
            )
        }
    }

    func ask(_ input: (RequestID) -> Input) -> Asked {
        let asked = Asked()
        let request = node.answers.expect { asked.answer($0) }
        _ = node.inbox.submit(input(request))
        return asked
    }

    static func id(_ name: String) -> UniqueID { IncidentRequest.id(idempotencyKey: name) }
}

/// What was asked for, and what was answered to it.
final class Asked: Sendable {
    private let answers = NIOLockedValueBox<[Result<Answer, StoreError>]>([])

    func answer(_ result: Result<Answer, StoreError>) { answers.withLockedValue { $0.append(result) } }

    /// How often there was an answer.
    var count: Int { answers.withLockedValue { $0.count } }

    /// The number of the incident that was opened or changed.
    var incident: Incident.Number? {
        if case .success(.incident(let incident))? = answers.withLockedValue({ $0.first }) {
            incident.number
        } else {
            nil
        }
    }

    var error: StoreError.Code? {
        if case .failure(let error)? = answers.withLockedValue({ $0.first }) { error.code } else { nil }
    }
}

/// Takes what it is given, and says nothing of it.
final class HeldCarrier: OutgoingChannel {
    private let taken = NIOLockedValueBox<[Outgoing]>([])

    var messages: [Outgoing] { taken.withLockedValue { $0 } }

    func send(_ outgoing: Outgoing, report: @escaping @Sendable (DeliveryReport.Outcome) -> Void) {
        taken.withLockedValue { $0.append(outgoing) }
    }
}

/// Says what it was set to.
private final class HandClock: NodeClock {
    private let time: NIOLockedValueBox<Timestamp>
    /// How far it was set.
    private let step = NIOLockedValueBox(Span.zero)

    init(_ time: Timestamp) { self.time = NIOLockedValueBox(time) }

    func now() -> Timestamp { time.withLockedValue { $0 } + step.withLockedValue { $0 } }
    func uptime() -> Timestamp { time.withLockedValue { $0 } }
    func advance(in span: Span) -> Span { span }
    func advance(by span: Span) { time.withLockedValue { $0 += span } }
    func set(by span: Span) { step.withLockedValue { $0 = $0 + span } }
}
