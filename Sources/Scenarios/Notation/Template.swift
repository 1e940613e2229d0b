/// Text with named gaps, as `Site {id}`. A brace that opens no known gap stands for itself.
enum Template {
    static func fill(_ template: String, _ value: (Substring) -> String?) -> String {
        var result = ""
        var rest = template[...]
        while let open = rest.firstIndex(of: "{") {
            result += rest[..<open]
            rest = rest[open...]
            if let close = rest.firstIndex(of: "}"), let filling = value(rest[rest.index(after: open)..<close]) {
                result += filling
                rest = rest[rest.index(after: close)...]
            } else {
                result.append(rest.removeFirst())
            }
        }
        return result + rest
    }
}
