import Foundation

/// Looks every key of a template up in the page that it is to show, as the renderer does: a misspelt one would render nothing.
struct TemplateKeys {
    /// By name, for partials.
    let templates: [String: String]
    /// Keys that nothing answers to, with their template.
    private(set) var missing: Set<String> = []
    /// Sections that could not be entered, since the page has nothing there.
    private(set) var unseen: Set<String> = []
    /// Sections that were.
    private(set) var seen: Set<String> = []

    init(templates: [String: String]) {
        self.templates = templates
    }

    private struct Tag {
        var kind: Character?
        var key: String
    }

    mutating func look(into template: String, showing page: Any) {
        var tags = Self.tags(of: templates[template] ?? "")[...]
        walk(&tags, stack: [page], template)
    }

    private mutating func walk(_ tags: inout ArraySlice<Tag>, stack: [Any], _ template: String) {
        while let tag = tags.popFirst() {
            let place = "\(template): \(tag.key)"
            switch tag.kind {
            case "/": return
            case ">":
                var inner = Self.tags(of: templates[tag.key] ?? "")[...]
                walk(&inner, stack: stack, tag.key)
            case "#", "^":
                enter(tag, &tags, stack, template, place)
            default:
                if tag.key != ".", Self.value(tag.key, in: stack) == nil { missing.insert(place) }
            }
        }
    }

    private mutating func enter(
        _ tag: Tag,
        _ tags: inout ArraySlice<Tag>,
        _ stack: [Any],
        _ template: String,
        _ place: String
    ) {
        let value = Self.value(tag.key, in: stack)
        if value == nil { missing.insert(place) }
        let objects = tag.kind == "^" ? stack.suffix(1).map { $0 } : Self.objects(value ?? Optional<Int>.none as Any)
        // Every element is looked into: the first may lack what the second has.
        let rest = tags
        if objects.isEmpty {
            unseen.insert(place)
            var ignored = TemplateKeys(templates: templates)
            ignored.walk(&tags, stack: stack, template)
        } else {
            seen.insert(place)
        }
        for object in objects {
            tags = rest
            walk(&tags, stack: stack + [object], template)
        }
    }

    private static func tags(of text: String) -> [Tag] {
        text.matches(of: /\{\{\{?([#^\/>]?)\s*([^{}]+?)\s*\}?\}\}/).map { match in
            let key = String(match.output.2)
            let inner = key.firstMatch(of: /\w+\((\w+)\)/).map { String($0.output.1) }
            return Tag(kind: match.output.1.first, key: inner ?? key)
        }
    }

    private static func value(_ key: String, in stack: [Any]) -> Any? {
        for object in stack.reversed() {
            if let child = Mirror(reflecting: object).children.first(where: { $0.label == key }) { return child.value }
        }
        return nil
    }

    /// What a section is rendered for; none where there is nothing.
    private static func objects(_ value: Any) -> [Any] {
        let mirror = Mirror(reflecting: value)
        switch mirror.displayStyle {
        case .optional: return mirror.children.first.map { objects($0.value) } ?? []
        case .collection: return mirror.children.map(\.value)
        default: return value as? Bool == false ? [] : [value]
        }
    }
}
