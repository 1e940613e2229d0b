public import Base
public import DemandResponse
public import DispatchServer
internal import Foundation
internal import Scenarios

/// What a live run and its server say to each other when the server is a process of its own, so that it can be killed: one JSON object
/// a line, the run's on the process's standard input, the process's on its standard output. What it writes on its standard error is for
/// people. Both are of the same build, and say so: the version counts the changes of these lines.
///
///     run                                  node
///                                          {"hello":{"version":1}}
///     {"begin":{"setup":{…}}}
///                                          {"serving":{}}
///                                          {"handed":{"message":1,"outgoing":{…}}}
///     {"reported":{"message":1,"outcome":{"sent":{}}}}
///                                          {"happened":{"occurrences":[{"acknowledged":{"number":1}}]}}
///     {"goOn":{}}
///     {"end":{}}
enum NodeProtocol {
    static let version = 1
    /// The longest line of a node, in bytes: a message for a carrier is a few hundred.
    static let longestLine = 1 << 20
    /// The longest line of a run, in bytes: its first one holds the roster.
    static let longestOrder = 1 << 28

    static func line(_ message: some Encodable) throws -> Data {
        var line = try JSONEncoder().encode(message)
        line.append(UInt8(ascii: "\n"))
        return line
    }

    static func read<Message: Decodable>(_ line: some DataProtocol) throws -> Message {
        try JSONDecoder().decode(Message.self, from: Data(line))
    }
}

/// From a run to its node.
enum NodeOrder: Codable, Sendable {
    /// The first one.
    case begin(setup: NodeSetup)
    /// What has become of a message that was handed over.
    case reported(message: Int, outcome: DeliveryReport.Outcome)
    /// What has happened is noted.
    case goOn
    /// The run is over: the node closes the database and ends.
    case end
}

/// From a node to its run.
enum NodeNotice: Codable, Sendable {
    /// It has started, and waits for its setup.
    case hello(version: Int)
    /// It takes connections.
    case serving
    /// A message for a carrier, numbered from 1 in each life of the node.
    case handed(message: Int, outgoing: Outgoing)
    /// Something that faults wait for is kept and carried out. The node decides nothing more until it may go on: what strikes strikes
    /// at this place of the journal.
    case happened(occurrences: [Occurrence])
}

/// What a node is to serve, and how.
public struct NodeSetup: Codable, Sendable {
    public var database: String
    public var port: Int
    /// How the grid's time goes: the same in each life, and in the run.
    public var pace: Pace
    public var pingInterval: Span
    public var pingTimeout: Span
    /// In the first life only: afterwards the database has it.
    public var roster: Roster?
    /// What faults of the run wait for.
    var awaited: Set<Happening.What>

    /// Those of what was decided that the run is to be told of. To tell whose acknowledgement it is, it has to know the incidents.
    func awaited(among occurrences: [Occurrence]) -> [Occurrence] {
        occurrences.filter { occurrence in
            awaited.contains(occurrence.what) || occurrence.what == .committed && awaited.contains(.acknowledged)
        }
    }
}
