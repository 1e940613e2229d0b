internal import Base
internal import DemandResponse
internal import DispatchStore
internal import NIOCore
internal import Scenarios
internal import SocketIO

/// What a client needs of the world it lives in.
protocol ClientNetwork: AnyObject {
    var now: Timestamp { get }
    func put(_ wake: ClientMachine.Wake, for client: Client, at instant: Timestamp)
    func observe(_ observation: Observation, incident: UniqueID?)
    /// The scenario's name of an incident; `nil` for one of somebody else's at the same server, which no client touches.
    func name(of incident: UniqueID) -> String?
    func id(of name: String) -> UniqueID?
    /// Makes a connection and on it a session of `client.makeSession`; tells `client.lost` if that fails.
    func connect(_ client: Client)
    /// Cuts the connection without a goodbye.
    func drop(_ client: Client)
}

/// A client in either world: carries out what its machine decides, over a Socket.IO session.
///
/// `@unchecked`: it is used on one event loop alone, its world's, whose callbacks have to be `Sendable`.
final class Client: @unchecked Sendable {
    let index: Int
    private var machine: ClientMachine
    private unowned let network: any ClientNetwork
    private var masks: RandomStream
    private var session: SocketIOClientHandler?
    /// What the world keeps of the connection.
    var connection: AnyObject?
    /// How many connections it has begun.
    private(set) var connections = 0

    init(_ index: Int, _ machine: ClientMachine, seed: UInt64, network: any ClientNetwork) {
        self.index = index
        self.machine = machine
        self.network = network
        masks = RandomStream(seed: seed, "client/\(machine.customer.id)/masks")
    }

    var customer: Customer.ID { machine.customer.id }

    /// How the network between it and the dispatcher is.
    var link: Scenarios.Link { machine.behaviour.link }

    func begin() { perform { $0.begin(at: $1) } }

    func wake(_ wake: ClientMachine.Wake) {
        guard case .operate(let entry) = wake else { return perform { $0.wake(wake, at: $1) } }
        guard let incident = machine.incident(ofEntry: entry).flatMap(network.id) else { return }
        perform { $0.operate(entry, incident: incident, at: $1) }
    }

    /// A carrier has brought a dispatch.
    func reached(_ dispatch: Dispatch) {
        guard let name = network.name(of: dispatch.incident) else { return }
        perform { $0.reached(dispatch, name: name, at: $1) }
    }

    /// For a connection that has just been upgraded.
    /// - Parameter token: what it shows of itself; `nil`: the server asks for none.
    func makeSession(timer: any SessionTimer, token: String? = nil) -> SocketIOClientHandler {
        var configuration = SocketIOClientConfiguration()
        configuration.authentication = token.map { ["token": .string($0)] }
        let session = SocketIOClientHandler(
            configuration: configuration,
            delegate: self,
            timer: timer,
            makeMask: { [unowned self] in UInt32(truncatingIfNeeded: masks.next()) }
        )
        self.session = session
        return session
    }

    func makeRequestKey() -> String { SessionKey.make(using: &masks) }

    /// The connection is gone, or never came about.
    func lost() {
        session = nil
        connection = nil
        perform { $0.disconnected(at: $1) }
    }

    /// The run is over: nothing that the connection still reports counts.
    func end() {
        session = nil
        connection = nil
    }

    private func perform(_ decide: (inout ClientMachine, Timestamp) -> [ClientMachine.Action]) {
        for action in decide(&machine, network.now) {
            switch action {
            case .connect:
                connections += 1
                network.connect(self)
            case .dropConnection:
                session = nil
                network.drop(self)
                connection = nil
            case .closeConnection:
                let session = session
                self.session = nil
                session?.close()
                connection = nil
            case .handshake: handshake()
            case .acknowledge(let acknowledging): acknowledge(acknowledging)
            case .wake(let wake, let at): network.put(wake, for: self, at: at)
            case .observe(let observation, let incident): network.observe(observation, incident: incident)
            }
        }
    }

    private func handshake() {
        session?.emit("handshake", [.integer(Int64(customer))]) { [unowned self] result in
            guard case .success(let arguments) = result, arguments.first?["success"] == true else { return }
            perform { $0.joined(at: $1) }
        }
        session?.flush()
    }

    private func acknowledge(_ acknowledging: ClientMachine.Acknowledging) {
        for _ in 0..<acknowledging.repeats { session?.emit(EncodedPacket(acknowledging, at: network.now)) }
        session?.flush()
    }
}

extension Client: SocketIOClientDelegate {
    func session(_ session: SocketIOClientHandler, connectedAs id: String) {
        guard session === self.session else { return }
        perform { $0.connected(at: $1) }
    }

    func session(_ session: SocketIOClientHandler, received event: SocketIOEvent) {
        // A connection that was dropped or replaced has nothing to say any more.
        guard session === self.session else { return }
        switch ServerEvent(event) {
        case .dispatch(let arrival):
            guard let name = network.name(of: arrival.incident) else { return }
            perform { $0.received(arrival, name: name, at: $1) }
        case .update(let dispatch, let optsOut, let success, let reason):
            perform { $0.updated(dispatch, optsOut: optsOut, success: success, reason: reason, at: $1) }
        case .incident(let incident, let modification, let closing):
            guard network.name(of: incident) != nil else { return }
            perform { $0.told(incident, modification: modification, closing, at: $1) }
        case .other:
            break
        }
    }

    func session(_ session: SocketIOClientHandler, disconnectedBecause reason: DisconnectReason) {
        guard session === self.session else { return }
        lost()
    }
}
