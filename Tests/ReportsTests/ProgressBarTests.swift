import Base
import Reports
import Testing

@Suite struct ProgressBarTests {
    private func line(_ fraction: Double, _ elapsed: Span, _ style: TerminalStyle = TerminalStyle()) -> String? {
        ProgressBar(style: style).line(
            ProgressBar.Progress(fraction: fraction, dispatchesPerSecond: 12_345, elapsed: elapsed)
        )
    }

    @Test func inTheFirstSecondThereIsNone() {
        #expect(line(0.5, .milliseconds(999)) == nil)
        #expect(line(0.5, .seconds(1)) != nil)
    }

    @Test func itSaysHowFarHowFastAndHowLong() {
        #expect(
            line(0.43, .milliseconds(3_500))
                == "████████████░░░░░░░░░░░░░░░░  43 %  12,345 dispatches/s  5 s left              "
        )
        #expect(line(1, .seconds(10))?.contains("100 %  12,345 dispatches/s  done") == true)
        #expect(line(0.1, .minutes(10))?.contains("1 h 30 m left") == true)
    }

    private let several = ProgressBar.Progress(
        fraction: 0.43,
        finishedRuns: (3, 8),
        dispatchesPerSecond: 12_345,
        elapsed: .milliseconds(3_500),
        running: ["scenarios/power-saver.yaml", "scenarios/seed.yaml"]
    )

    @Test
    func
        `of several runs it says how many are over and which goes on, and drops the rate first where there is no room`()
    {
        func line(width: Int) -> String? { ProgressBar(style: TerminalStyle(width: width)).line(several) }
        #expect(line(width: 80)?.contains("43 %  3 of 8 done  power-saver.yaml  12,345 dispatches/s  5 s left") == true)
        #expect(line(width: 60)?.contains("43 %  3 of 8 done  power-saver.yaml  5 s left") == true)
        #expect(line(width: 50)?.contains("43 %  3 of 8 done  5 s left") == true)
    }

    @Test func `a log has it as words`() {
        #expect(ProgressBar(style: TerminalStyle()).words(several) == "3 of 8 done, power-saver.yaml, 43 %, 5 s left")
    }

    @Test func withoutUnicodeItIsDrawnInASCII() {
        let text = line(0.5, .seconds(2), TerminalStyle(hasUnicode: false))
        #expect(text?.hasPrefix("[#############.............]  50 %") == true)
        #expect(text?.allSatisfy(\.isASCII) == true)
    }

    @Test func eachLineCoversTheOneBefore() {
        for width in [50, 60, 80] {
            for fraction in [-1, 0, 0.001, 0.33, 0.999, 1, 7, .nan, .infinity] {
                let text = line(fraction, .hours(30), TerminalStyle(width: width))
                #expect(text?.count == width - 1, "\(fraction) at \(width)")
            }
        }
    }
}
