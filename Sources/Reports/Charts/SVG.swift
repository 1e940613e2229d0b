/// A drawing that fits any width with its letters at their own size: places across are shares of the width (0…1, written as
/// percent), places down are pixels. It needs no script, and whoever points at a mark is shown its title.
struct SVG {
    private let height: Int
    /// What it shows, for those who do not see it.
    private let label: String
    private var body = ""

    init(height: Int, label: String) {
        self.height = height
        self.label = label
    }

    var text: String {
        "<svg class=\"chart\" width=\"100%\" height=\"\(height)\" role=\"img\" aria-label=\"\(Self.escaped(label))\">\(body)</svg>"
    }

    mutating func rectangle(
        x: Double,
        width: Double,
        y: Double,
        height: Double,
        _ style: String,
        title: String? = nil
    ) {
        let place =
            "x=\"\(Self.share(x))\" y=\"\(Self.pixels(y))\" width=\"\(Self.share(width))\" height=\"\(Self.pixels(height))\""
        body += "<rect class=\"\(style)\" \(place)" + Self.closed("rect", title)
    }

    mutating func circle(x: Double, y: Double, radius: Double, _ style: String, title: String? = nil) {
        body +=
            "<circle class=\"\(style)\" cx=\"\(Self.share(x))\" cy=\"\(Self.pixels(y))\" r=\"\(Self.pixels(radius))\""
        body += Self.closed("circle", title)
    }

    mutating func line(x1: Double, y1: Double, x2: Double, y2: Double, _ style: String, title: String? = nil) {
        let place =
            "x1=\"\(Self.share(x1))\" y1=\"\(Self.pixels(y1))\" x2=\"\(Self.share(x2))\" y2=\"\(Self.pixels(y2))\""
        body += "<line class=\"\(style)\" \(place)" + Self.closed("line", title)
    }

    enum Anchor: String { case start, middle, end }

    mutating func label(_ text: String, x: Double, y: Double, _ style: String, anchor: Anchor = .start) {
        let anchor = anchor == .start ? "" : " text-anchor=\"\(anchor.rawValue)\""
        body +=
            "<text class=\"\(style)\" x=\"\(Self.share(x))\" y=\"\(Self.pixels(y))\"\(anchor)>\(Self.escaped(text))</text>"
    }

    /// A path over the whole width, stretched to it: its own units are a thousandth of that and a pixel.
    mutating func path(_ commands: String, y: Double, height: Double, _ style: String) {
        let place = "x=\"0%\" y=\"\(Self.pixels(y))\" width=\"100%\" height=\"\(Self.pixels(height))\""
        body += "<svg \(place) viewBox=\"0 0 1000 \(Self.pixels(height))\" preserveAspectRatio=\"none\">"
        body += "<path class=\"\(style)\" d=\"\(commands)\"/></svg>"
    }

    private static func closed(_ name: String, _ title: String?) -> String {
        guard let title else { return "/>" }
        return "><title>\(escaped(title))</title></\(name)>"
    }

    /// At most two decimals, and no more than it takes.
    static func pixels(_ value: Double) -> String {
        let hundredths = Int((value * 100).rounded())
        let (whole, rest) = (hundredths.magnitude / 100, hundredths.magnitude % 100)
        let sign = hundredths < 0 ? "-" : ""
        if rest == 0 { return "\(sign)\(whole)" }
        return rest % 10 == 0 ? "\(sign)\(whole).\(rest / 10)" : "\(sign)\(whole).\(rest < 10 ? "0" : "")\(rest)"
    }

    private static func share(_ value: Double) -> String { pixels(value * 100) + "%" }

    static func escaped(_ text: String) -> String { XMLElement.escaped(text.printable()) }
}
