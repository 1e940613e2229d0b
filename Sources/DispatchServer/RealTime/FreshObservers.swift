internal import Base
internal import DemandResponse
internal import DequeModule

/// Sessions that have just connected: each observes until it says whose it is, and mostly says so at once.
///
/// A fleet that comes back while an incident opens would get everybody's dispatches otherwise: as many packets as there are
/// sessions times dispatches. So the news for observers is kept for such a session for a moment: if it still observes then, it
/// gets what it missed, from a log that all of them share; if it has become a customer's, the resync has served it.
///
/// A pure value. Bounded: the log keeps `mostPackets`; who has missed more is told so by being closed.
struct FreshObservers<Packet> {
    /// A session whose moment is over.
    struct Due {
        var session: SessionID
        /// What it missed; `nil`: more than was kept.
        var missed: [Packet]?
    }

    private struct Waiting {
        var session: SessionID
        var until: Timestamp
        /// How many times it was given another moment.
        var extensions = 0
    }

    static var mostPackets: Int { 16_384 }
    /// For a session whose handshake is on its way to the rules.
    static var mostExtensions: Int { 10 }

    let grace: Span
    private var waiting: Deque<Waiting> = []
    /// What each of them has missed begins there, counted from the first packet ever.
    private var positions: [SessionID: Int] = [:]
    private var log: Deque<Packet> = []
    private var logStart = 0

    init(grace: Span) {
        self.grace = grace
    }

    /// When the first moment is over.
    var nextDeadline: Timestamp? { waiting.first?.until }

    mutating func add(_ session: SessionID, at now: Timestamp) {
        positions[session] = logStart + log.count
        waiting.append(Waiting(session: session, until: now + grace))
    }

    /// For a session that is gone, or has become a customer's.
    mutating func remove(_ session: SessionID) {
        guard positions.removeValue(forKey: session) != nil else { return }
        tidy()
    }

    mutating func removeAll() {
        positions = [:]
        tidy()
    }

    /// News for observers.
    mutating func append(_ packet: Packet) {
        guard !positions.isEmpty else { return }
        log.append(packet)
        if log.count > Self.mostPackets {
            log.removeFirst()
            logStart += 1
        }
    }

    /// Those whose moment is over, in the order in which they came; they are fresh no longer.
    /// - Parameter isJoining: whether a session has said whose it is, and the rules have not heard it yet.
    mutating func takeDue(at now: Timestamp, isJoining: (SessionID) -> Bool) -> [Due] {
        var due: [Due] = []
        while let first = waiting.first, first.until <= now {
            waiting.removeFirst()
            guard let position = positions[first.session] else { continue }
            if first.extensions < Self.mostExtensions, isJoining(first.session) {
                waiting.append(
                    Waiting(session: first.session, until: now + grace, extensions: first.extensions + 1)
                )
                continue
            }
            positions[first.session] = nil
            let missed = position < logStart ? nil : Array(log.dropFirst(position - logStart))
            due.append(Due(session: first.session, missed: missed))
        }
        tidy()
        return due
    }

    /// Nothing is kept for nobody.
    private mutating func tidy() {
        while let first = waiting.first, positions[first.session] == nil { waiting.removeFirst() }
        if positions.isEmpty {
            logStart += log.count
            log = []
        }
    }
}
