internal import DemandResponse

/// Something that was decided of a dispatch record, or of a customer's answer.
enum TrailEvent: Hashable {
    /// A modification of the incident was announced; `words`: which of the builder's.
    case noticed(DispatchMethod?, modification: Int, words: Int)
    case handed(Sending)
    case became(Outcome)
    /// Told again to a session that joined later.
    case repeated
    case cancellation(Outcome)
    case answered(Answer)
    case toldOfCancellation
    case refused(rule: String)
}

/// What happened to hundreds of thousands of records, kept as places in one tree: records of which the same was decided are at
/// the same place, and an event costs one look-up.
struct TrailTree {
    typealias Place = Int32

    static let start: Place = 0

    private struct Step: Hashable {
        let from: Place
        let event: TrailEvent
    }

    private var children: [Step: Place] = [:]
    private var steps: [Step] = []

    mutating func place(after place: Place, _ event: TrailEvent) -> Place {
        let step = Step(from: place, event: event)
        if let child = children[step] { return child }
        steps.append(step)
        let child = Place(steps.count)
        children[step] = child
        return child
    }

    /// The events that lead from the start to a place.
    func events(to place: Place) -> [TrailEvent] {
        var events: [TrailEvent] = []
        var place = place
        while place != Self.start {
            let step = steps[Int(place) - 1]
            events.append(step.event)
            place = step.from
        }
        return events.reversed()
    }
}
