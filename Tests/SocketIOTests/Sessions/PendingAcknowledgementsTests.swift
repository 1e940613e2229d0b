import Base
import TestSupport
import Testing

@testable import SocketIO

@Suite struct PendingAcknowledgementsTests {
    @Test("positions stay in step with a list kept beside it") func positions() {
        var pending = PendingAcknowledgements(limit: 100)
        var beside: [Int] = []
        var random = RandomStream(state: 9)
        for _ in 0..<2000 {
            if Bool.random(using: &random), let id = pending.add() {
                beside.append(id)
            } else if let id = beside.randomElement(using: &random) {
                guard let position = pending.remove(id) else {
                    Issue.record("\(id) is lost")
                    return
                }
                let removed = beside.remove(at: position)
                #expect(removed == id)
            }
            #expect(pending.count == beside.count)
        }
    }

    @Test("what is not pending is not found", arguments: [-1, 0, 2, 99, .max, .min])
    func unknown(id: Int) {
        var pending = PendingAcknowledgements(limit: 4)
        for _ in 0..<4 { _ = pending.add() }
        expect(pending.add(), is: nil)
        for id in [0, 2] { _ = pending.remove(id) }
        expect(pending.remove(id), is: nil)
        expect(pending.add(), is: 4, "ids are not used again")
    }
}
