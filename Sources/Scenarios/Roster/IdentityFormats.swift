internal import Base
import DemandResponse

extension Format where Value == Int {
    static let id = Format.integer(Roster.ids).named("id")
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
