public import Base

/// What identifies a dispatch record: incident, customer and method. A customer without any method has one without a method.
public struct DispatchKey: Hashable, Sendable, Codable {
    public var incident: Incident.Number
    public var customer: Customer.ID
    public var method: DispatchMethod?

    public init(incident: Incident.Number, customer: Customer.ID, method: DispatchMethod?) {
        self.incident = incident
        self.customer = customer
        self.method = method
    }

    /// The record's `_id`: a UUID of version 5 in the incident's namespace, named `customer/method`, as `17/email`.
    public func id(incident id: UniqueID) -> UniqueID {
        UniqueID(name: "\(customer)/\(method?.name ?? "none")", in: id)
    }
}

/// One dispatch record as it was committed for one modification of its incident. It never changes: how its delivery goes and
/// who acknowledged it are told beside it, by `Delivery` and `Acknowledgement`.
///
/// A class, so that the many places that pass it on share one copy.
public final class Dispatch: Sendable, Codable {
    public let key: DispatchKey
    public let id: UniqueID
    public let incident: UniqueID
    public let modification: Int
    public let program: Program.ID
    public let programName: String
    public let customerName: String
    public let message: String
    public let moreInfo: String
    /// When the record was first committed; a modification keeps it.
    public let createdAt: Timestamp
    /// When this modification of it was committed.
    public let announcedAt: Timestamp
    /// Of the method in the customer's order, from 0.
    public let position: Int

    public init(
        key: DispatchKey,
        id: UniqueID,
        incident: UniqueID,
        modification: Int,
        program: Program.ID,
        programName: String,
        customerName: String,
        message: String,
        moreInfo: String,
        createdAt: Timestamp,
        announcedAt: Timestamp,
        position: Int = 0
    ) {
        self.key = key
        self.id = id
        self.incident = incident
        self.modification = modification
        self.program = program
        self.programName = programName
        self.customerName = customerName
        self.message = message
        self.moreInfo = moreInfo
        self.createdAt = createdAt
        self.announcedAt = announcedAt
        self.position = position
    }

    /// Nothing is to be done but to say that it has come.
    public var isDrill: Bool { message.hasPrefix(MessageTemplate.drillPrefix) }

    public static func noWay(to customerName: String) -> String {
        "NO WAY TO SEND DISPATCH TO CUSTOMER \(customerName)"
    }

    /// What a record says whose method lacks the customer's address or number.
    public static func noDestination(of method: DispatchMethod, _ customerName: String) -> String {
        "NO \(method == .email ? "EMAIL ADDRESS" : "PHONE NUMBER") OF CUSTOMER \(customerName)"
    }
}
