extension String {
    /// The text with something else in place of each scalar for which `escape` has it.
    ///
    /// By scalars, not by characters: a sign that a combining mark follows is markup all the same, and `\r\n` is two scalars.
    public func escaped(_ escape: (Unicode.Scalar) -> String?) -> String {
        var result = String.UnicodeScalarView()
        for scalar in unicodeScalars {
            if let replacement = escape(scalar) {
                result.append(contentsOf: replacement.unicodeScalars)
            } else {
                result.append(scalar)
            }
        }
        return String(result)
    }
}
