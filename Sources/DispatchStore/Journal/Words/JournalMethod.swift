public import DemandResponse

/// The method of a dispatch record as the journal names it: that of a customer without any has a name too, ''.
public enum JournalMethod: UInt8, CaseIterable, Hashable, Sendable {
    case none, email, text, websocket, voice, webhook

    public init(_ method: DispatchMethod?) {
        self =
            switch method {
            case nil: .none
            case .email: .email
            case .text: .text
            case .websocket: .websocket
            case .voice: .voice
            case .webhook: .webhook
            }
    }

    public var method: DispatchMethod? {
        switch self {
        case .none: nil
        case .email: .email
        case .text: .text
        case .websocket: .websocket
        case .voice: .voice
        case .webhook: .webhook
        }
    }
}

extension JournalMethod: JournalWord {
    public var name: String { method?.name ?? "" }

    static let words = WordTable<JournalMethod>()
}
