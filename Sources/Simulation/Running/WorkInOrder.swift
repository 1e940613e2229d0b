/// Does a piece of work for each element, `width` of them at once, and hands the results over in the elements' order.
///
/// The elements are begun in their order too, so that at most the results of what runs beside the slowest wait for it.
/// - Parameter handOver: is never called by two at once.
public func workInOrder<Element: Sendable, Product: Sendable>(
    _ elements: [Element],
    width: Int,
    _ work: @escaping @Sendable (Element) async -> Product,
    handOver: (Product) -> Void
) async {
    await withTaskGroup(of: (index: Int, product: Product).self) { group in
        var begun = 0
        func beginNext() {
            guard begun < elements.count else { return }
            let index = begun
            begun += 1
            group.addTask { (index, await work(elements[index])) }
        }
        for _ in 0..<max(1, width) { beginNext() }

        var waiting: [Int: Product] = [:]
        var next = 0
        while let (index, product) = await group.next() {
            beginNext()
            waiting[index] = product
            while let product = waiting.removeValue(forKey: next) {
                next += 1
                handOver(product)
            }
        }
    }
}
