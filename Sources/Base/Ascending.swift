public import Algorithms

extension RandomAccessCollection {
    /// Where the element with this key stands; the collection ascends by it.
    @inlinable
    public func index<Key: Comparable>(of key: Key, ascendingBy keyOf: (Element) -> Key) -> Index? {
        let index = partitioningIndex { keyOf($0) >= key }
        return index < endIndex && keyOf(self[index]) == key ? index : nil
    }
}
