public import Base

/// A demand-response program: what customers enrol in and what incidents dispatch.
public struct Program: Hashable, Sendable, Codable {
    public typealias ID = Int

    public var id: ID
    public var name: String
    /// The zone in which the program's local times are read: its IANA name, as `America/Los_Angeles`, or a fixed offset, as `-07:00`.
    public var timeZone: String
    /// How long after the dispatch an acknowledgement is still in time; `nil`: until the incident's end.
    public var acknowledgeWithin: Span?
    /// The text of a dispatch, with the gaps of ``MessageTemplate``; `nil`: the standard message.
    public var messageTemplate: String?
    /// How its deliveries are tried again; `nil`: as the dispatcher does it.
    public var retries: Retries?
    /// What it may ask of its customers, and when; `nil`: anything at any time.
    public var rules: ProgramRules?

    public init(
        id: ID,
        name: String,
        timeZone: String = Program.defaultTimeZone,
        acknowledgeWithin: Span? = nil,
        messageTemplate: String? = nil,
        retries: Retries? = nil,
        rules: ProgramRules? = nil
    ) {
        self.id = id
        self.name = name
        self.timeZone = timeZone
        self.acknowledgeWithin = acknowledgeWithin
        self.messageTemplate = messageTemplate
        self.retries = retries
        self.rules = rules
    }

    /// The zone of a program that names none.
    public static let defaultTimeZone = "America/Los_Angeles"
}
