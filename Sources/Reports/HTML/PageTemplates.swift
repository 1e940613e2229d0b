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
        var library = MustacheLibrary()
        for (name, text) in texts { try library.register(text, named: name) }
        return (library.render(page, withTemplate: name) ?? "").printable(keepingLines: true)
    }

    private static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
}
