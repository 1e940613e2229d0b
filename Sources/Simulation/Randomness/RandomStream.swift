/// A stream of random numbers of its own for each named consumer, as `client/17/acknowledges/peak`: taking a client away
/// moves nobody else's draws.
///
/// SplitMix64 (Steele, Lea, Flood: "Fast Splittable Pseudorandom Number Generators", 2014): eight bytes of state, which is what
/// a hundred thousand clients can afford.
struct RandomStream: RandomNumberGenerator, Sendable {
    private var state: UInt64

    init(seed: UInt64, _ name: String) {
        // FNV-1a over the name, started from the seed, then mixed.
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325 ^ Self.mix(seed &+ 0x9E37_79B9_7F4A_7C15)
        for byte in name.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
        state = Self.mix(hash)
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        return Self.mix(state)
    }

    private static func mix(_ value: UInt64) -> UInt64 {
        var z = value
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    /// In [0, 1), in steps of 2⁻⁵³.
    mutating func unit() -> Double {
        Double(next() >> 11) * 0x1p-53
    }

    /// Whether an event of a given probability happens.
    mutating func happens(partsPerMillion: Int) -> Bool {
        Int(next() % 1_000_000) < partsPerMillion
    }
}
