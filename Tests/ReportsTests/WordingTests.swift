import DemandResponse
import DispatchStore
import Testing

@testable import Reports

@Suite struct WordingTests {
    @Test func aLongNameLosesItsMiddle() {
        #expect("Green Mountain Energy".shortened(to: 11, "…") == "Green…nergy")
        #expect("日本語の名前".shortened(to: 7, "…") == "日…前")
        #expect("short".shortened(to: 5, "…") == "short")
    }

    @Test(arguments: [
        ("dispatches == 4", "== 4"), ("late{incident:a<b} != 0", "!= 0"), ("x.p90 <= 7m", "<= 7m"),
        ("message{customer:1} contains \"a < b\"", "contains \"a < b\""), ("nothing", nil),
    ])
    func whatWasExpectedIsReadOffTheText(text: String, expected: String?) {
        #expect(ExpectationFinding.expected(in: text) == expected)
    }
}
