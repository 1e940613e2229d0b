internal import Base
internal import SocketIO

/// MongoDB Extended JSON v2, canonical and relaxed, as far as programs and customers use it.
///
/// https://github.com/mongodb/specifications/blob/master/source/extended-json/extended-json.md
enum ExtendedJSON {
    /// The value without the wrappers that say of which type it is: `{"$numberInt": "5"}` becomes 5.
    static func plain(_ value: JSON) -> JSON {
        switch value {
        case .array(let elements): return .array(elements.map(plain))
        case .object(let object):
            if object.members.count == 1, let member = object.members.first, let plain = unwrapped(member) {
                return plain
            }
            return .object(JSONObject(object.members.map { .init(key: $0.key, value: plain($0.value)) }))
        default: return value
        }
    }

    private static func unwrapped(_ member: JSONObject.Member) -> JSON? {
        guard let text = member.value.stringValue else { return nil }
        switch member.key {
        case "$numberInt", "$numberLong": return Int64(text).map(JSON.integer)
        case "$numberDouble", "$numberDecimal": return Double(text).map(JSON.number)
        case "$oid", "$symbol": return .string(text)
        default: return nil
        }
    }
}
