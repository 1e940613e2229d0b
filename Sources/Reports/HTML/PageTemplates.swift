internal import Base
internal import Mustache

/// The templates of the pages: files beside this one, in the binary.
enum PageTemplates {
    static let texts = [
        "report": text(PackageResources.report_mustache),
        "index": text(PackageResources.index_mustache),
        "table": text(PackageResources.table_mustache),
        "traces": text(PackageResources.traces_mustache),
        "drawing": text(PackageResources.drawing_mustache),
    ]
    static let style = text(PackageResources.report_css)

    /// A page, with everything in it made harmless that is not text: a customer's name may hold anything.
    static func render(_ page: Any, with name: String) throws -> String {
        MustacheContentTypes.register(PageText(), named: PageText.name)
        var library = MustacheLibrary()
        // No template can do without it: each begins with it.
        for (name, text) in texts { try library.register("{{% CONTENT_TYPE:\(PageText.name)}}\n" + text, named: name) }
        return (library.render(page, withTemplate: name) ?? "").printable(keepingLines: true)
    }

    private static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
}

/// How a value stands in a page. Mustache's own HTML escapes by characters, and lets a `<` pass that a combining mark follows or a
/// prepended one (U+0600) precedes: to a browser it is a `<` all the same.
private struct PageText: MustacheContentType {
    static let name = "PAGE_TEXT"

    func escapeText(_ text: String) -> String {
        text.escaped { scalar in
            switch scalar {
            case "&": "&amp;"
            case "<": "&lt;"
            case ">": "&gt;"
            case "\"": "&quot;"
            case "'": "&#39;"
            default: nil
            }
        }
    }
}
