internal import Base

extension Format where Value == Distribution {
    /// A distribution, its file of measurements read if it has one.
    static let distribution: Format = {
        let written = Format<WrittenDistribution>.notation(.distribution)
        return Format(schema: written.schema, expected: written.expected, flowTail: written.flowTail) {
            node,
            diagnostics in
            switch written.read(node, diagnostics) {
            case nil: nil
            case .known(let distribution): distribution
            case .empirical(let file, let offset):
                Measurements.read(file, of: diagnostics, at: node.location(ofOffset: offset)).map(
                    Distribution.empirical
                )
            }
        }
    }()

    /// Where a duration stands for everything from zero to it.
    static let spread = distribution.map { distribution, _ in
        guard case .constant(let span) = distribution, span > .zero else { return distribution }
        return .uniform(.zero, span)
    }
}

/// A file of measured lengths: one duration, or number of seconds, a line; the first line may be a heading.
private enum Measurements {
    static let limit = 16 * 1024 * 1024
    static let reportedLines = 10

    static func read(_ file: String, of diagnostics: Diagnostics, at location: SourceLocation) -> [Span]? {
        let path = SourceFile.path(file, beside: diagnostics.path(of: location))
        diagnostics.reads(path)
        let text: String
        do throws(SourceFileProblem) {
            text = try SourceFile.read(path, limit: limit)
        } catch {
            // Of what is in the file, the place in it and the cure are said; of a file that is not found, where it was looked for.
            let place = error.location == .start ? "" : ":\(error.location.line):\(error.location.column)"
            diagnostics.error(
                "\(file)\(place): \(error.message)",
                at: location,
                help: error.help ?? "the path is relative to the scenario's"
            )
            return nil
        }
        var spans: [Span] = []
        var mistakes = 0
        for (index, line) in text.lines.enumerated() {
            let value = line.trimmed
            if value.isEmpty { continue }
            if let span = span(value) {
                spans.append(span)
            } else if index > 0 || looksLikeNumber(value) {
                mistakes += 1
                guard mistakes <= reportedLines else { continue }
                diagnostics.error(
                    "\(file) line \(index + 1): '\(value.shortened)' is neither a duration nor a number of seconds",
                    at: location
                )
            }
        }
        if mistakes == 0, spans.isEmpty {
            diagnostics.error(
                "\(file) holds no measurements",
                at: location,
                help: "one duration a line, as 1.5s or 1.5"
            )
        }
        return mistakes == 0 && !spans.isEmpty ? spans : nil
    }

    /// As `-5`, `.5` or `1,5`, which no heading is.
    private static func looksLikeNumber(_ value: Substring) -> Bool {
        let digits = value.utf8.drop { "+-.,".utf8.contains($0) }
        return digits.first?.isDigit ?? false
    }

    private static func span(_ value: Substring) -> Span? {
        guard value.utf8.last?.isDigit == true else { return try? DurationText.parse(value) }
        let parts = value.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        // Measurements come with more digits than there are microseconds.
        let seconds = parts.count == 2 ? "\(parts[0]).\(parts[1].prefix(6))s" : "\(value)s"
        return try? DurationText.parse(seconds[...])
    }
}
