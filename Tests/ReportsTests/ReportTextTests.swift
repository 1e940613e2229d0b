import DemandResponse
import DispatchStore
import Reports
import Testing

/// What people read, word for word.
@Suite struct ReportTextTests {
    private let scratch: Scratch

    init() throws { scratch = try Scratch() }
}
