import Reports
import Testing

@Suite struct TerminalStyleTests {
    private func detect(_ environment: [String: String], isTerminal: Bool = true, width: Int? = nil) -> TerminalStyle {
        TerminalStyle.detect(environment: environment, isTerminal: isTerminal, width: width)
    }

    @Test func coloursAreForTerminalsThatWantThem() {
        #expect(detect([:]).hasColour)
        #expect(!detect([:], isTerminal: false).hasColour)
        #expect(!detect(["NO_COLOR": "1"]).hasColour)
        #expect(detect(["NO_COLOR": ""]).hasColour)
        #expect(!detect(["TERM": "dumb"]).hasColour)
        #expect(detect(["CLICOLOR_FORCE": "1"], isTerminal: false).hasColour)
        #expect(!detect(["CLICOLOR_FORCE": "0"], isTerminal: false).hasColour)
        #expect(!detect(["CLICOLOR_FORCE": "1", "NO_COLOR": "1"]).hasColour)
    }

    @Test func marksAreWordsWhereTheLocaleHasNoUnicode() {
        #expect(detect(["LANG": "en_US.UTF-8"]).hasUnicode)
        #expect(detect(["LANG": "C", "LC_ALL": "C.utf8"]).hasUnicode)
        #expect(!detect(["LANG": "C"]).hasUnicode)
        #expect(!detect(["LANG": "en_US.UTF-8", "LC_ALL": "POSIX"]).hasUnicode)
        #expect(detect([:]).hasUnicode)
    }

    @Test func aReportIsNeverWiderThanEightyColumns() {
        #expect(detect([:]).width == 80)
        #expect(detect([:], width: 200).width == 80)
        #expect(detect([:], width: 64).width == 64)
        #expect(detect(["COLUMNS": "70"], width: 200).width == 70)
        #expect(detect(["COLUMNS": "many"], width: 64).width == 64)
        #expect(detect(["COLUMNS": "3"]).width == TerminalStyle.narrowest)
    }
}
