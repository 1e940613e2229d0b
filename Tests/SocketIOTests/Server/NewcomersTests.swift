import Testing

@testable import SocketIO

@Suite("Newcomers") struct NewcomersTests {
    @Test func `the one goes first that has been there for longest, of an address or of all`() {
        var newcomers = Newcomers()
        for (id, address) in [("1", "a"), ("2", "b"), ("3", "a"), ("4", "b")] { newcomers.add(id, from: address) }
        #expect(newcomers.oldest(from: nil) == "1")
        #expect(newcomers.oldest(from: "b") == "2")
        newcomers.remove("1")
        newcomers.remove("2")
        newcomers.remove("9")
        #expect(newcomers.oldest(from: nil) == "3")
        #expect(newcomers.oldest(from: "b") == "4")
        #expect(newcomers.oldest(from: "c") == nil)
    }

    @Test func `of very many that have joined nothing is left`() {
        var newcomers = Newcomers()
        for id in 0..<10_000 { newcomers.add("\(id)", from: "a") }
        for id in 1..<10_000 { newcomers.remove("\(id)") }
        #expect(newcomers.oldest(from: "a") == "0")
        newcomers.remove("0")
        #expect(newcomers.oldest(from: nil) == nil)
    }
}
