internal import Base

extension ProgramRules {
    /// What is wrong with rules that could be read.
    public struct Contradiction: Hashable, Sendable {
        /// The keys that lead there from the program's: `limits`, `length`.
        public var path: [String]
        public var message: String
        public var cure: String
        /// The rules can be followed, but do nothing that anybody could want.
        public var isWarning: Bool
    }

    /// The number of hours and events that a count takes.
    public static let countRange = 1...1_000_000
    public static let dayRange = 1...366

    public var contradictions: [Contradiction] {
        lengthContradictions + windowContradictions + countContradictions + otherContradictions
    }

    private var lengthContradictions: [Contradiction] {
        var found: [Contradiction] = []
        let length = limits.length
        if let least = length?.least, let most = length?.most, least > most {
            found.error(["limits", "length"], "the least, \(least.notation), is more than the most, \(most.notation)")
        }
        if length?.most == .zero {
            found.error(["limits", "length", "most"], "an event of at most 0s is none")
        }
        let needsMost = limits.counts.contains { $0.hours != nil }
        if needsMost, length?.most == nil {
            found.warn(
                ["limits", "counts"],
                "hours are counted, but an event that is left open has none until its end is told",
                "say with length: {most: …} where such an event ends"
            )
        }
        return found
    }

    private var windowContradictions: [Contradiction] {
        guard let window = limits.window else { return [] }
        var found: [Contradiction] = []
        if let least = limits.length?.least, let hours = window.hours, hours.length < least {
            found.warn(
                ["limits", "window"],
                "no event fits: the window \(hours.notation) is shorter than the least length, \(least.notation)",
                "widen the window, or allow shorter events"
            )
        }
        if let season = window.season, seasons[season] == nil {
            let known = seasons.keys.sorted().joined(separator: ", ")
            found.error(
                ["limits", "window", "season"],
                "there is no season '\(season)'",
                known.isEmpty ? "name it under seasons, as {\(season): 05-01..10-31}" : "known seasons: \(known)"
            )
        }
        if !window.holidays, holidays.isEmpty {
            found.warn(
                ["limits", "window", "holidays"],
                "no event is to be on a holiday, but the program names none",
                "name them under holidays, as [2021-07-05]"
            )
        }
        return found
    }

    private var countContradictions: [Contradiction] {
        var found: [Contradiction] = []
        for (index, count) in limits.counts.enumerated() {
            let path = ["limits", "counts", String(index)]
            if (count.events == nil) == (count.hours == nil) {
                found.error(path, "a count is of events or of hours", "give exactly one of events and hours")
            }
            for (key, number) in [("events", count.events), ("hours", count.hours)] {
                if let number, !Self.countRange.contains(number) {
                    let range = "\(Self.countRange.lowerBound) … \(Self.countRange.upperBound)"
                    found.error(path + [key], "\(number) is not within \(range)")
                }
            }
            if limits.counts[..<index].contains(where: {
                $0.per == count.per && ($0.events == nil) == (count.events == nil)
            }) {
                found.error(
                    path,
                    "the same is counted twice a \(count.per.notation)",
                    "the smaller of the two is enough"
                )
            }
            if count.per == .season, seasons.isEmpty {
                found.error(
                    path + ["per"],
                    "the program has no seasons",
                    "name them under seasons, as {summer: 05-01..10-31}"
                )
            }
            if let hours = count.hours, let least = limits.length?.least, Span.hours(Int64(hours)) < least {
                found.error(
                    path,
                    "no event fits: the least length, \(least.notation), is more than \(hours)h",
                    "allow shorter events, or more hours"
                )
            }
        }
        return found
    }

    private var otherContradictions: [Contradiction] {
        var found: [Contradiction] = []
        if let days = limits.consecutiveDays, !Self.dayRange.contains(days) {
            found.error(["limits", "consecutive_days"], "\(days) is not within 1 … \(Self.dayRange.upperBound)")
        }
        if let emergency, emergency.types.isEmpty || emergency.lifts.isEmpty {
            let key = emergency.types.isEmpty ? "types" : "lifts"
            found.error(["emergency", key], "an emergency of no \(key) is none", "leave emergency out, or name some")
        }
        return found
    }
}

extension [ProgramRules.Contradiction] {
    fileprivate mutating func error(_ path: [String], _ message: String, _ cure: String = "change one of them") {
        append(.init(path: path, message: message, cure: cure, isWarning: false))
    }

    fileprivate mutating func warn(_ path: [String], _ message: String, _ cure: String) {
        append(.init(path: path, message: message, cure: cure, isWarning: true))
    }
}
