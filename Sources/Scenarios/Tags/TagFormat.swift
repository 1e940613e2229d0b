extension Format where Value == [String] {
    /// Tags, each once.
    static let tags = Format.distinct(.notation(.tag), called: "tag") { $0 }
}
