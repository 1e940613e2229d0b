import Base
import DispatchServer
import Foundation
import Scenarios
import Testing

@testable import DemandResponse
@testable import Simulation

@Suite("What a run and its server process say to each other") struct NodeProtocolTests {
    private static func line(_ message: some Encodable) throws -> String {
        String(decoding: try NodeProtocol.line(message), as: UTF8.self)
    }

    @Test func `is one line of JSON each, as documented`() throws {
        #expect(try Self.line(NodeNotice.hello(version: 1)) == #"{"hello":{"version":1}}"# + "\n")
        #expect(try Self.line(NodeNotice.serving) == #"{"serving":{}}"# + "\n")
        #expect(try Self.line(NodeOrder.goOn) == #"{"goOn":{}}"# + "\n")
        #expect(try Self.line(NodeOrder.end) == #"{"end":{}}"# + "\n")
        #expect(
            try Self.line(NodeNotice.happened(occurrences: [.acknowledged(number: 1)]))
                == #"{"happened":{"occurrences":[{"acknowledged":{"number":1}}]}}"# + "\n"
        )
        let reported = try Self.line(NodeOrder.reported(message: 1, outcome: .sent))
        #expect(reported.contains(#""message":1"#) && reported.contains(#""outcome":{"sent":{}}"#))
    }

    /// Whatever is in the words, also the ends of lines.
    @Test func `a message for a carrier comes as it was handed over`() throws {
        let incident = UniqueID(high: 1, low: 2)
        let key = DispatchKey(incident: 3, customer: 17, method: .email)
        let dispatch = Dispatch(
            key: key,
            id: key.id(incident: incident),
            incident: incident,
            modification: 2,
            program: 5,
            programName: "Two\nlines",
            customerName: "Énergie \u{2028} \"Ost\"",
            message: "Now",
            moreInfo: "",
            createdAt: Timestamp(microseconds: 1_717_400_000_000_001),
            announcedAt: Timestamp(microseconds: 1_717_400_000_000_002),
            position: 1
        )
        let outgoing = Outgoing(
            kind: .cancellation,
            dispatch: dispatch,
            method: .email,
            attempt: 3,
            destination: "a@b.example",
            text: "CANCELLED: Now"
        )
        let line = try NodeProtocol.line(NodeNotice.handed(message: 9, outgoing: outgoing))
        #expect(line.count { $0 == UInt8(ascii: "\n") } == 1 && line.last == UInt8(ascii: "\n"))
        guard case .handed(let message, let read) = try NodeProtocol.read(line) as NodeNotice else {
            Issue.record("another message")
            return
        }
        #expect(message == 9)
        #expect(read.dispatch.key == key && read.dispatch.id == dispatch.id && read.dispatch.incident == incident)
        #expect(
            read.dispatch.programName == dispatch.programName && read.dispatch.customerName == dispatch.customerName
        )
        #expect(read.dispatch.announcedAt == dispatch.announcedAt && read.dispatch.createdAt == dispatch.createdAt)
        #expect(read.kind == .cancellation && read.attempt == 3 && read.text == outgoing.text)
    }

    /// Else the clocks of a run and of its server would drift apart.
    @Test(arguments: [1, 30, 1 / 3, 599.999_999_999_9, 1e-9] as [Double])
    func `a pace comes to the last bit`(_ speed: Double) throws {
        let pace = Pace(
            from: Timestamp(microseconds: 1_717_455_600_000_000),
            at: Timestamp(microseconds: 1_790_000_000_123_457),
            speed: speed
        )
        #expect(try NodeProtocol.read(NodeProtocol.line(pace)) == pace)
    }

    @Test func `only what faults wait for is told, and whose it is`() throws {
        let committed = Occurrence.committed(incident: UniqueID(high: 1, low: 2), number: 1)
        let refused = Occurrence.refused(incident: UniqueID(high: 1, low: 3))
        let all = [committed, .acknowledged(number: 1), refused]
        func told(_ awaited: Set<Happening.What>) -> [Occurrence] {
            NodeSetup(
                database: "",
                port: 1,
                pace: .realTime,
                pingInterval: .seconds(25),
                pingTimeout: .seconds(20),
                awaited: awaited
            ).awaited(among: all)
        }
        #expect(told([]) == [])
        #expect(told([.committed]) == [committed])
        #expect(told([.acknowledged]) == [committed, .acknowledged(number: 1)])
        #expect(told([.refused]) == [refused])
    }
}
