/// What somebody tries who means ill: each for a time, then it is over. Returns what was done, in a few words.
enum AttackKind: String, CaseIterable {
    case handshakes = "the same handshake again"
    case customers = "one customer, then another"
    case refusals = "no token, again and again"
    case sessions = "sessions over one connection"
    case lists = "forty readers of lists"
    case unread = "answers unread, Upgrade: x"
    case fragments = "unfinished messages"
    case imports = "unfinished imports"

    /// How many threads do it side by side.
    var threads: Int {
        switch self {
        case .handshakes, .customers: 3
        case .refusals: 2
        case .lists: 40
        case .sessions, .unread, .fragments, .imports: 1
        }
    }

    /// - Returns: how many times it was done.
    func run(port: Int, thread: Int, until end: ContinuousClock.Instant) throws -> Int {
        switch self {
        case .handshakes:
            let packets = Array(repeating: AttackSocket.frame("42[\"handshake\",1]"), count: 100).flatMap { $0 }
            return try flood(port, packets, 100, until: end)
        case .customers:
            let pair = AttackSocket.frame("42[\"handshake\",1]") + AttackSocket.frame("42[\"handshake\",2]")
            return try flood(port, Array(repeating: pair, count: 50).flatMap { $0 }, 100, until: end)
        case .refusals: return thread == 0 ? refusedSessions(port, until: end) : refusedRequests(port, until: end)
        case .sessions:
            var opened = 0
            while ContinuousClock.now < end {
                let socket = try AttackSocket(port: port)
                var isOpen = true
                while isOpen, ContinuousClock.now < end, socket.get("/socket.io/?EIO=4&transport=polling") {
                    guard let status = socket.answer() else { break }
                    if status == 200 { opened += 1 }
                    isOpen = status != 503
                }
            }
            return opened
        case .lists:
            var read = 0
            while ContinuousClock.now < end {
                let socket = try AttackSocket(port: port)
                while ContinuousClock.now < end, socket.get("/dispatch?limit=10000"), let status = socket.answer() {
                    if status == 200 { read += 1 }
                }
            }
            return read
        case .unread:
            return try hold(100, until: end) {
                let socket = try AttackSocket(port: port, receiveBuffer: 4_096)
                _ = socket.get("/dispatch?limit=10000", headers: "Connection: Upgrade\r\nUpgrade: x\r\n")
                return socket
            }
        case .fragments:
            let part = AttackSocket.frame(String(repeating: "4", count: 990_000), opcode: 0x01)
            return try hold(500, until: end) {
                let socket = try AttackSocket.session(port: port)
                _ = socket.send(part, waits: true)
                return socket
            }
        case .imports:
            let part = [UInt8](repeating: 0x20, count: 16 << 20)
            return try hold(17, until: end) {
                let socket = try AttackSocket(port: port)
                _ = socket.send("PUT /customer HTTP/1.1\r\nHost: localhost\r\nContent-Length: 64000000\r\n\r\n")
                _ = socket.send(part, waits: true)
                return socket
            }
        }
    }

    /// Sends the same for ever; whoever is thrown out comes back.
    private func flood(_ port: Int, _ packets: [UInt8], _ count: Int, until end: ContinuousClock.Instant) throws -> Int
    {
        var sent = 0
        while ContinuousClock.now < end {
            guard let socket = try? AttackSocket.joined(port: port, as: 1) else { continue }
            while ContinuousClock.now < end, socket.send(packets) { sent += count }
        }
        return sent
    }

    private func refusedSessions(_ port: Int, until end: ContinuousClock.Instant) -> Int {
        var tried = 0
        while ContinuousClock.now < end {
            guard let socket = try? AttackSocket.session(port: port) else { continue }
            while ContinuousClock.now < end, socket.send(AttackSocket.frame("40")), socket.receiveText() != nil {
                tried += 1
            }
        }
        return tried
    }

    private func refusedRequests(_ port: Int, until end: ContinuousClock.Instant) -> Int {
        var tried = 0
        while ContinuousClock.now < end {
            guard let socket = try? AttackSocket(port: port) else { continue }
            while ContinuousClock.now < end, socket.get("/customer"), socket.answer() != nil { tried += 1 }
        }
        return tried
    }

    /// Makes so many and lets go of them at the end.
    private func hold(_ count: Int, until end: ContinuousClock.Instant, _ make: () throws -> AttackSocket) throws -> Int
    {
        var held: [AttackSocket] = []
        while held.count < count, ContinuousClock.now < end {
            // One that is not let in is tried again.
            if let socket = try? make() { held.append(socket) }
        }
        ContinuousClock().pause(until: end)
        return held.count
    }
}
