internal import Base
public import DemandResponse
public import DispatchServer
internal import Foundation
public import Journal
internal import NIOConcurrencyHelpers

/// A node's end of what it says to the run whose server it is; see `NodeProtocol`.
///
/// The process ends with the run: once the run's end is closed there is nobody to serve, and what is committed is on the disk.
///
/// `@unchecked`: all state but the reader's has locks; the reader is used by `open`, and then by the thread of `listen`.
public final class NodePipe: @unchecked Sendable {
    private struct UnderWay {
        var handed = 0
        /// Of messages that a carrier may still report on.
        var reports: [Int: @Sendable (DeliveryReport.Outcome) -> Void] = [:]
    }

    private var reader = LineReader(STDIN_FILENO, longest: NodeProtocol.longestOrder)
    private let underWay = NIOLockedValueBox(UnderWay())
    private let output = NSLock()
    private let mayGoOn = DispatchSemaphore(value: 0)

    public init() {}

    /// Says hello and waits for what is to be served.
    public func open() throws -> NodeSetup {
        send(.hello(version: NodeProtocol.version))
        guard let line = reader.next() else {
            throw RunError("there is no run to serve: griddrill run starts this command")
        }
        guard case .begin(let setup)? = try? NodeProtocol.read(line) as NodeOrder else {
            throw RunError("this command is started by griddrill run, which did not write: \(Self.excerpt(line))")
        }
        return setup
    }

    /// Carriers that the run simulates.
    public var channels: [DispatchMethod: any OutgoingChannel] {
        SimulatedCarrier.channels { [self] outgoing, report in
            let message = underWay.withLockedValue { underWay in
                underWay.handed += 1
                underWay.reports[underWay.handed] = report
                return underWay.handed
            }
            send(.handed(message: message, outgoing: outgoing))
        }
    }

    /// It takes connections.
    public func serving() { send(.serving) }

    /// Tells the run of what its faults wait for, and waits until they have struck.
    public func carriedOut(_ entries: [JournalEntry], of setup: NodeSetup) {
        let occurrences = setup.awaited(among: Occurrence.all(in: entries))
        guard !occurrences.isEmpty else { return }
        send(.happened(occurrences: occurrences))
        mayGoOn.wait()
    }

    /// Does what the run says, on a thread of its own.
    /// - Parameter onEnd: called when the run is over.
    public func listen(onEnd: @escaping @Sendable () -> Void) {
        let thread = Thread { [self] in
            while let line = reader.next() {
                do {
                    try follow(NodeProtocol.read(line), onEnd)
                } catch {
                    FileHandle.standardError.write(Data("the run wrote \(Self.excerpt(line)): \(error)\n".utf8))
                    break
                }
            }
            _exit(EXIT_FAILURE)
        }
        thread.name = "run"
        thread.start()
    }

    private func follow(_ order: NodeOrder, _ onEnd: @Sendable () -> Void) throws {
        switch order {
        case .begin: throw RunError("it has begun already")
        case .reported(let message, let outcome):
            let report = underWay.withLockedValue { underWay in
                switch outcome {
                case .sent: underWay.reports[message]
                case .delivered, .failedForNow, .failedForGood, .unknown: underWay.reports.removeValue(forKey: message)
                }
            }
            report?(outcome)
        case .goOn: mayGoOn.signal()
        case .end: onEnd()
        }
    }

    private func send(_ notice: NodeNotice) {
        output.withLock {
            do {
                try FileHandle.standardOutput.write(contentsOf: NodeProtocol.line(notice))
            } catch {
                // The run is gone.
                _exit(EXIT_FAILURE)
            }
        }
    }

    private static func excerpt(_ line: [UInt8]) -> String { String(decoding: line.prefix(200), as: UTF8.self) }
}

/// Reads a descriptor line by line.
private struct LineReader {
    private let descriptor: Int32
    private let longest: Int
    private var buffer: [UInt8] = []
    /// Up to where there is no end of a line in the buffer.
    private var searched = 0

    init(_ descriptor: Int32, longest: Int) {
        self.descriptor = descriptor
        self.longest = longest
    }

    /// The next line, without its end; `nil` at the end of the input, and instead of one that is too long.
    mutating func next() -> [UInt8]? {
        while true {
            if let end = buffer[searched...].firstIndex(of: UInt8(ascii: "\n")) {
                let line = Array(buffer[..<end])
                buffer.removeFirst(end + 1)
                searched = 0
                return line
            }
            searched = buffer.count
            guard searched < longest, readMore() else { return nil }
        }
    }

    private mutating func readMore() -> Bool {
        var chunk = [UInt8](repeating: 0, count: 65_536)
        var count = read(descriptor, &chunk, chunk.count)
        while count < 0, errno == EINTR { count = read(descriptor, &chunk, chunk.count) }
        buffer += chunk.prefix(max(0, count))
        return count > 0
    }
}
