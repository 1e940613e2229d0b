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
    static let channels: Format = {
        let list = Format<[Located<DispatchMethod>]>.list(
            of: .located(.channel),
            schema: [("uniqueItems", .bool(true))]
        )
        return Format(schema: list.schema, expected: list.expected) { node, diagnostics in
            guard let located = list.read(node, diagnostics) else { return nil }
            var methods: [DispatchMethod] = []
            for channel in located {
                if methods.contains(channel.value) {
                    diagnostics.error(
                        "the channel '\(channel.value.name)' stands twice",
                        at: channel.location,
                        help: "keep one of them"
                    )
                } else {
                    methods.append(channel.value)
                }
            }
            return methods
        }
    }()
}
