internal import Foundation

/// A stream of random numbers of its own for each named consumer, as `client/17/acknowledges/peak`: taking a client away
/// moves nobody else's draws.
///
/// SplitMix64 (Steele, Lea, Flood: "Fast Splittable Pseudorandom Number Generators", 2014): eight bytes of state, which is what
/// a hundred thousand clients can afford.
public struct RandomStream: RandomNumberGenerator, Sendable {
    private static let increment: UInt64 = 0x9E37_79B9_7F4A_7C15
    private var state: UInt64

    /// Equal states give equal streams.
    public init(state: UInt64) { self.state = state }

    public init(seed: UInt64, _ name: String) {
        state = Self.mix(fnv1a(name, from: fnv1aBasis ^ Self.mix(seed &+ Self.increment)))
    }

    public mutating func next() -> UInt64 {
        state &+= Self.increment
        return Self.mix(state)
    }

    private static func mix(_ value: UInt64) -> UInt64 {
        var z = value
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    /// In [0, 1), in steps of 2⁻⁵³.
    public mutating func unit() -> Double {
        Double(next() >> 11) * 0x1p-53
    }

    /// Whether an event of a given probability happens.
    public mutating func happens(partsPerMillion: Int) -> Bool {
        Int(next() % 1_000_000) < partsPerMillion
    }

    /// A standard normal variate (Box and Muller, 1958; the second of the pair is not kept, so that a stream has no other state).
    public mutating func normal() -> Double {
        let radius = (-2 * log(1 - unit())).squareRoot()
        return radius * cos(2 * Double.pi * unit())
    }
}

/// Where FNV-1a begins, unless something else is to go into the hash first.
let fnv1aBasis: UInt64 = 0xCBF2_9CE4_8422_2325

/// FNV-1a, 64 bits (draft-eastlake-fnv).
func fnv1a(_ text: String, from basis: UInt64 = fnv1aBasis) -> UInt64 {
    var hash = basis
    for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
    return hash
}

/// FNV-1a of a text as a database keeps it: tells whether two messages are the same without keeping both.
public func contentDigest(of message: String) -> Int64 { Int64(bitPattern: fnv1a(message)) }
