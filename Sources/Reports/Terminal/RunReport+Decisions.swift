internal import Analysis
internal import DispatchStore

extension RunReport {
    /// One line where nothing differs from what was approved; otherwise what does, in the domain's words.
    var decisions: [String] {
        guard let review = summary.decisions else { return [] }
        switch review.outcome {
        case .same, .approvedNow: return [headline("Decisions", review.words, .green)]
        case .unapproved, .notCompared:
            return wrapped(review.words, indent: 16).enumerated().map { index, line in
                index == 0 ? headline("Decisions", String(line.dropFirst(16)), .dim) : style.paint(line, .dim)
            }
        case .missing: return [headline("Decisions", review.words, .boldRed)]
        case .unreadable(let error):
            return [headline("Decisions", review.words, .boldRed)] + differing(error.description)
        case .different(let differences):
            let hint = "approve them with: griddrill run --approve \(summary.header.file)"
            return [headline("Decisions", review.words, .boldRed)]
                + differences.prefix(DecisionReview.mostTold).flatMap { differing($0.text) }
                + review.hiddenLine().map { "    " + style.paint(line($0), .dim) }
                + ["    " + style.paint(style.plain(hint.printable()), .dim)]
        }
    }

    /// With a mark; further lines are indented.
    private func differing(_ text: String) -> [String] {
        let indent = 2 + style.markWidth + 1
        return wrapped(text, indent: indent).enumerated().map { index, line in
            index == 0 ? "  \(style.mark(false)) " + line.dropFirst(indent) : line
        }
    }
}
