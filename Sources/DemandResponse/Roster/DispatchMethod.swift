/// A way to reach a customer. The raw value is the number that stands in a customer's `dispatchTypes`.
public enum DispatchMethod: Int, CaseIterable, Sendable, Codable, Comparable {
    case email = 1
    case text = 2
    /// A Socket.IO broadcast to the customer's sessions.
    case websocket = 3
    case voice = 4
    case webhook = 5

    /// The name in `dispatchMeans`, in scenarios and in labels.
    public var name: String {
        switch self {
        case .email: "email"
        case .text: "text"
        case .websocket: "websocket"
        case .voice: "voice"
        case .webhook: "webhook"
        }
    }

    public init?(name: String) {
        guard let method = Self.allCases.first(where: { $0.name == name }) else { return nil }
        self = method
    }

    public static func < (a: DispatchMethod, b: DispatchMethod) -> Bool { a.rawValue < b.rawValue }
}

extension DispatchMethod {
    /// The methods that the numbers of a customer's `dispatchTypes` name, in order. Numbers that name none are left out, and what an
    /// older version took twice counts once.
    /// - Parameter warn: told of each of those.
    public static func methods(ofTypes numbers: some Sequence<Int>, warn: (Int) -> Void) -> [DispatchMethod] {
        var methods: [DispatchMethod] = []
        for number in numbers {
            guard let method = DispatchMethod(rawValue: number) else {
                warn(number)
                continue
            }
            if !methods.contains(method) { methods.append(method) }
        }
        return methods
    }
}
