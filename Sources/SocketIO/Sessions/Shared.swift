/// A value that many refer to and none changes. Sessions are many; each would carry a copy otherwise.
final class Shared<Value: Sendable>: Sendable {
    let value: Value

    init(_ value: Value) {
        self.value = value
    }
}
