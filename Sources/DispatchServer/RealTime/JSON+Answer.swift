internal import Base
internal import DemandResponse
internal import Journal
internal import SocketIO

extension JSON {
    /// What the callback of an event is told.
    init(answer: Result<Answer, some Error>) {
        switch answer {
        case .success(.joined(let customer, let open)):
            self = ["success": true, "customerId": .integer(Int64(customer)), "openDispatches": .integer(Int64(open))]
        case .success(.refused(let refusal)):
            self = ["success": false, "code": .string(refusal.code.rawValue), "reason": .string(refusal.message)]
        case .success(.acknowledged), .success(.incident), .success(.done):
            self = ["success": true]
        case .failure(let error):
            let reason = (error as? StoreError)?.plea ?? "the database cannot be used now"
            self = ["success": false, "code": "storage", "reason": .string(reason)]
        }
    }
}
