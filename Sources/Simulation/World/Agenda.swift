internal import Base

/// What is to happen in the virtual world, in order of time; at the same instant, in the order in which it was put in.
///
/// A heap beside the embedded loop's own queue, whose scheduled tasks cost a promise, two closures and 2.6 µs each. The heap moves
/// only times and places; the events stay where they were put, so that nothing is retained on the way. Each item has four below it,
/// which fit in one line of the processor's cache: half the steps down of a binary heap.
struct Agenda<Event> {
    private struct Item {
        static var placeBits: UInt64 { 28 }

        let at: Timestamp
        /// How many came before, and behind that its place: two of the same instant compare by which came first.
        private let orderAndPlace: UInt64

        init(at: Timestamp, order: UInt64, place: Int) {
            precondition(place < 1 << Self.placeBits, "more events wait than an agenda holds")
            self.at = at
            orderAndPlace = order << Self.placeBits | UInt64(place)
        }

        var place: Int { Int(orderAndPlace & (1 << Self.placeBits - 1)) }

        func precedes(_ other: Item) -> Bool {
            at != other.at ? at < other.at : orderAndPlace < other.orderAndPlace
        }
    }

    /// How many items each has below it.
    private static var width: Int { 4 }

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
            let parent = (hole - 1) / Self.width
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
            let first = Self.width * hole + 1
            guard first < items.count else { break }
            var child = first
            for other in first + 1..<max(first + 1, min(first + Self.width, items.count))
            where items[other].precedes(items[child]) { child = other }
            guard items[child].precedes(item) else { break }
            items[hole] = items[child]
            hole = child
        }
        items[hole] = item
    }
}
