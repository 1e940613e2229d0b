/// The words of a dispatch.
public enum MessageTemplate {
    /// The names of the gaps that a template may have, each between braces.
    public static let gaps = ["program", "customer", "start", "end", "event_type", "modification"]

    /// The names between braces of a template that are made of letters and underscores.
    public static func names(in template: String) -> [String] {
        template.unicodeScalars.split(separator: "{", omittingEmptySubsequences: false).dropFirst().compactMap { part in
            guard let close = part.firstIndex(of: "}"), close > part.startIndex else { return nil }
            let name = part[..<close]
            return name.allSatisfy { $0.properties.isAlphabetic || $0 == "_" } ? String(name) : nil
        }
    }

    /// Why a template is not taken, to be said behind its name; `nil`: it is taken. A gap that nothing fills would go out as it is.
    static func refusal(of template: String) -> String? {
        names(in: template).first { !gaps.contains($0) }.map { unknown in
            "must not have {\(unknown)} in it: nothing is known by that name; "
                + "known are \(gaps.map { "{\($0)}" }.joined(separator: ", "))"
        }
    }

    static let standard =
        "Dear Voltan, You have been dispatched as part of the Program \"{program}\". "
        + "Please have your full curtailment plan in effect between the hours of {start} and {end}"

    /// What a drill's message begins with, whatever the program's template: nobody is to take it for the real thing.
    static let drillPrefix = "THIS IS A DRILL. "

    /// What stands for the end of an incident that has none yet.
    static let openEnd = "further notice"

    /// Whether each customer's message differs.
    static func namesCustomer(_ template: String) -> Bool { template.contains("{customer}") }

    /// A brace that opens none of the gaps stands for itself.
    static func fill(_ template: String, program: String, incident: Incident, customer: String) -> String {
        let values = [
            ("{program}", program), ("{customer}", customer), ("{start}", incident.period.startText),
            ("{end}", incident.period.endText ?? openEnd), ("{event_type}", incident.eventType),
            ("{modification}", String(incident.modification)),
        ]
        var message = ""
        var rest = template[...]
        while let brace = rest.firstIndex(of: "{") {
            message += rest[..<brace]
            rest = rest[brace...]
            if let (key, value) = values.first(where: { rest.hasPrefix($0.0) }) {
                message += value
                rest = rest.dropFirst(key.count)
            } else {
                message.append(rest.removeFirst())
            }
        }
        return message + rest
    }
}
