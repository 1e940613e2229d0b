internal import Base
import DemandResponse

/// The largest id: what JSON's numbers and the range notation can carry, rounded down.
let largestID = 999_999_999_999_999

extension Format where Value == Int {
    static let id = Format.integer(0...largestID).named("id")
}

extension Format where Value == DispatchMethod {
    static let channel = Format.words(
        DispatchMethod.allCases.map { ($0.name, $0) },
        called: "channel",
        plural: "channels"
    ).named("channel")
}

extension Format where Value == [DispatchMethod] {
    /// Channels in order of preference, each once.
    static let channels = Format.distinct(.channel, called: "channel") { $0.name }
}
