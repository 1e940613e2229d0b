internal import Base
internal import DemandResponse

/// When a customer was connected, over whichever sessions, and what the customer answered.
struct CustomerLife {
    struct Stay {
        var from: Timestamp
        /// `nil`: as far as is known, to the end.
        var to: Timestamp?

        /// Whether somebody is there who had come before this instant.
        func holds(_ instant: Timestamp) -> Bool {
            from < instant && to.map { instant < $0 } ?? true
        }
    }

    struct Reply {
        var incident: Incident.Number
        var modification: Int
        var at: Timestamp
        var by: String
        var optsOut: Bool
    }

    private(set) var stays: [Stay] = []
    private(set) var replies: [Reply] = []
    private var sessions = 0

    /// Another session beside one that the server still holds is told again what is open, as after a break: there it begins
    /// another stay.
    mutating func joined(at instant: Timestamp) {
        sessions += 1
        if sessions > 1, let last = stays.last, last.to == nil {
            let before = instant - .microseconds(1)
            guard last.from < before else { return }
            stays[stays.count - 1].to = before
        }
        stays.append(Stay(from: instant))
    }

    mutating func left(at instant: Timestamp) {
        sessions -= 1
        if sessions == 0, let last = stays.last, last.to == nil { stays[stays.count - 1].to = instant }
    }

    /// A session did not take what was sent to it at that instant: it was gone by then, though the server did not know.
    mutating func wasGone(at instant: Timestamp) {
        guard let index = stays.lastIndex(where: { $0.holds(instant) }) else { return }
        let before = instant - .microseconds(1)
        if stays[index].from < before { stays[index].to = before } else { stays.remove(at: index) }
    }

    mutating func replied(_ reply: Reply) { replies.append(reply) }

    mutating func forgetReplies() { replies = [] }

    func isConnected(at instant: Timestamp) -> Bool { stays.contains { $0.holds(instant) } }

    /// When a session first brought what was announced at `announced`, if one did before `closed`.
    func arrival(of announced: Timestamp, before closed: Timestamp) -> Timestamp? {
        if isConnected(at: announced) { return announced < closed ? announced : nil }
        return stays.first { $0.from >= announced && $0.from < closed }?.from
    }
}
