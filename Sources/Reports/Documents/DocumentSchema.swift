/// The JSON Schemas (2020-12) of the documents that reports leave for programs.
public enum DocumentSchema: String, Sendable, CaseIterable {
    case summary, suite

    /// Ends in a line feed.
    public var text: String {
        let bytes =
            switch self {
            case .summary: PackageResources.summary_schema_json
            case .suite: PackageResources.suite_schema_json
            }
        return String(decoding: bytes, as: UTF8.self)
    }
}
