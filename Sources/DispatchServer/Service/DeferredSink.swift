internal import Base
internal import DemandResponse
internal import NIOConcurrencyHelpers

/// Stands for a sink that is made later than those who are to use it.
final class DeferredSink: InputSink {
    private let box = NIOLockedValueBox<(any InputSink)?>(nil)

    var target: (any InputSink)? {
        get { box.withLockedValue { $0 } }
        set { box.withLockedValue { $0 = newValue } }
    }

    func submit(_ input: Input, correlation: UniqueID?) -> Bool {
        target?.submit(input, correlation: correlation) ?? false
    }

    func submit(_ inputs: [Input]) -> Bool { target?.submit(inputs) ?? false }
}
