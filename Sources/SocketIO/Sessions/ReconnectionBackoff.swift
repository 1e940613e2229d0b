public import NIOCore

/// How long to wait before connecting again, as the reference client's manager has it: twice as long each time, up to
/// a maximum, and spread at random so that clients do not come back all at once. Pure: the caller brings the dice.
public struct ReconnectionBackoff: Hashable, Sendable {
    private let minimum: TimeAmount
    private let maximum: TimeAmount
    private let factor: Double
    private let randomizationFactor: Double
    /// How often it was asked since the last success.
    public private(set) var attempts = 0

    /// - Parameter randomizationFactor: by what share of itself a delay may be shorter or longer, 0 to 1.
    public init(
        minimum: TimeAmount = .seconds(1),
        maximum: TimeAmount = .seconds(5),
        factor: Double = 2,
        randomizationFactor: Double = 0.5
    ) {
        self.minimum = minimum
        self.maximum = maximum
        self.factor = factor
        self.randomizationFactor = randomizationFactor
    }

    /// The next delay, in whole milliseconds.
    ///
    /// - Parameter random: in 0..<1. One number does for both throws of the reference: its size says how far, its first
    ///   decimal in which direction.
    public mutating func next(random: Double) -> TimeAmount {
        var delay = Double(minimum.milliseconds)
        let limit = Double(maximum.milliseconds)
        for _ in 0..<min(attempts, 32) { delay *= factor }  // far beyond any limit by then
        attempts += 1
        let deviation = (random * randomizationFactor * delay).rounded(.down)
        delay += Int(random * 10) & 1 == 0 ? -deviation : deviation
        return .milliseconds(Int64(min(delay, limit)))
    }

    /// Connected: the next failure starts from the beginning.
    public mutating func reset() {
        attempts = 0
    }
}
