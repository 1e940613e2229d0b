internal import DispatchStore
internal import HTTPTypes
internal import Hummingbird
internal import SocketIO

extension Response {
    /// A page as a JSON array. Where more follows, `Link: <…>; rel="next"` (RFC 8288) leads there.
    /// - Parameters:
    ///   - place: what `after` is to be on the next page, for the last row of this one.
    ///   - size: about how many bytes a row takes.
    init<Row>(
        _ page: Page<Row>,
        of request: Request,
        size: Int = 512,
        place: (Row) -> String,
        write: (inout JSONWriter, Row) -> Void
    ) {
        var json = JSONWriter(capacity: size * (page.rows.count + 1))
        json.beginArray()
        for row in page.rows { write(&json, row) }
        json.endArray()
        self.init(json: json)
        headers[.cacheControl] = "no-store"
        if page.hasMore, let last = page.rows.last {
            // As it came, still percent-encoded.
            var query = (request.uri.query ?? "").split(separator: "&").filter { !$0.hasPrefix("after=") }
            query.append("after=\(place(last))")
            headers[.link] = "<\(request.uri.path)?\(query.joined(separator: "&"))>; rel=\"next\""
        }
    }
}

extension HTTPField.Name {
    /// RFC 8288. The name is of valid characters: the initializer cannot fail for it.
    fileprivate static let link = HTTPField.Name("Link") ?? .via
}
