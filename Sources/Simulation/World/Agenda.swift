internal import Base

/// What is to happen in the virtual world, in order of time; at the same instant, in the order in which it was put in.
///
/// A binary heap beside the embedded loop's own queue, whose scheduled tasks cost a promise, two closures and 2.6 µs each. The
/// heap moves only times and places; the events stay where they were put, so that nothing is retained on the way.
struct Agenda<Event> {
    private struct Item {
        let at: Timestamp
        let order: UInt64
        let place: Int

        func precedes(_ other: Item) -> Bool {
            at != other.at ? at < other.at : order < other.order
        }
    }

    private var items: [Item] = []
    private var events: [Event?] = []
    private var freePlaces: [Int] = []
    private var order: UInt64 = 0

    var count: Int { items.count }
    var next: Timestamp? { items.first?.at }

    mutating func put(_ event: Event, at instant: Timestamp) {
        let place: Int
        if let free = freePlaces.popLast() {
            place = free
            events[free] = event
        } else {
            place = events.count
            events.append(event)
        }
        let item = Item(at: instant, order: order, place: place)
        order += 1
        items.append(item)
        rise(item)
    }

    mutating func take() -> (at: Timestamp, event: Event)? {
        guard let first = items.first, let last = items.popLast() else { return nil }
        if !items.isEmpty { sink(last) }
        var event: Event?
        swap(&event, &events[first.place])
        freePlaces.append(first.place)
        return event.map { (first.at, $0) }
    }

    /// Finds the last place's item its place on the way up.
    private mutating func rise(_ item: Item) {
        var hole = items.count - 1
        while hole > 0 {
            let parent = (hole - 1) / 2
            guard item.precedes(items[parent]) else { break }
            items[hole] = items[parent]
            hole = parent
        }
        items[hole] = item
    }

    /// Finds an item that belongs nowhere its place on the way down from the first.
    private mutating func sink(_ item: Item) {
        var hole = 0
        while true {
            let left = 2 * hole + 1
            guard left < items.count else { break }
            let right = left + 1
            let child = right < items.count && items[right].precedes(items[left]) ? right : left
            guard items[child].precedes(item) else { break }
            items[hole] = items[child]
            hole = child
        }
        items[hole] = item
    }
}
