public import Base

extension RandomStream {
    /// A number below a bound; the bias is of no matter to a test.
    public mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }

    public mutating func pick<Element>(_ elements: [Element]) -> Element { elements[below(elements.count)] }
}
