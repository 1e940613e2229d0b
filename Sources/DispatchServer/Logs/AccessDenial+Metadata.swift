internal import Base
internal import DemandResponse
internal import Logging

extension AccessDenial {
    /// For the log; of a token only its public part is known here.
    func metadata(correlation: UniqueID? = nil) -> Logger.Metadata {
        var metadata: Logger.Metadata = ["subject": "\(subject)", "address": "\(address)", "reason": "\(reason)"]
        if let token { metadata["token"] = "\(token)" }
        if let correlation { metadata["correlation"] = "\(correlation)" }
        return metadata
    }
}
