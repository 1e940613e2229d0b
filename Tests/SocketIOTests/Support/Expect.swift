import Testing

/// `#expect` cannot look into calls that change a variable; this can, for the call has been made by then.
func expect<Value: Equatable>(
    _ value: Value,
    is expected: Value,
    _ comment: Comment? = nil,
    sourceLocation: SourceLocation = #_sourceLocation
) {
    #expect(value == expected, comment, sourceLocation: sourceLocation)
}
