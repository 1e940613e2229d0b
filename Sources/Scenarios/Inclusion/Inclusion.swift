import DemandResponse

/// What a file says that scenarios include.
struct InclusionDraft: Sendable {
    var roster: RosterDraft
    var clients: [ClientDraft]?
    var carriers: [DispatchMethod: CarrierDraft]
}

extension Format where Value == [Located<String>] {
    /// A file, or several.
    static let includedFiles: Format = {
        let files = Format.oneOrMore(.located(.text(.remark)))
        return Format(schema: files.schema, expected: files.expected) { node, diagnostics in
            guard let names = files.read(node, diagnostics) else { return nil }
            guard !names.isEmpty else {
                diagnostics.error("the list of files is empty", at: node.location, help: "leave 'include' out")
                return nil
            }
            return names
        }
    }()
}

/// Reads the files that a scenario includes and puts what they say before what the scenario says.
struct Inclusion {
    /// Those of the top level that may stand in an included file.
    static let keys = ["programs", "customers", "clients", "carriers"]

    let diagnostics: Diagnostics
    /// The text of a file, by the name that the scenario gives it and by its path.
    let text: (_ name: String, _ path: String) throws(SourceFileProblem) -> String

    /// - Returns: what was read, for the scenario's source.
    func resolve(_ draft: inout ScenarioDraft) -> [ScenarioSource.Included] {
        var paths: [String: SourceLocation] = [:]
        var read: [ScenarioSource.Included] = []
        var inclusions: [InclusionDraft] = []
        for (index, file) in draft.include.enumerated() {
            let path = SourceFile.path(file.value, beside: diagnostics.path)
            guard path != diagnostics.path else {
                diagnostics.error("a scenario does not include itself", at: file.location)
                continue
            }
            if paths.updateValue(file.location, forKey: path) != nil {
                diagnostics.error("'\(file.value)' is included twice", at: file.location, help: "keep one of them")
                continue
            }
            diagnostics.reads(path)
            do throws(SourceFileProblem) {
                let text = try text(file.value, path)
                read.append(ScenarioSource.Included(name: file.value, text: text))
                let number = index - draft.include.count
                diagnostics.includes(path, text: text, as: number, named: file.location)
                if let inclusion = inclusion(text, number) { inclusions.append(inclusion) }
            } catch {
                let isInside = error.location != .start
                diagnostics.error(
                    "\(file.value): \(error.message)" + (isInside ? " (line \(error.location.line))" : ""),
                    at: file.location,
                    help: error.help ?? "the path is relative to the scenario's"
                )
            }
        }
        merge(inclusions, into: &draft)
        return read
    }

    private func inclusion(_ text: String, _ file: Int) -> InclusionDraft? {
        guard let document = YAMLDocument(text: text, file: file, diagnostics: diagnostics) else { return nil }
        if let nested = document.root.value("include") {
            diagnostics.error(
                "an included file includes no other",
                at: nested.location,
                help: "name that file in the scenario, too: a list of files can stand there"
            )
            return nil
        }
        return Format.inclusion.read(document.root, diagnostics)
    }

    private func merge(_ inclusions: [InclusionDraft], into draft: inout ScenarioDraft) {
        guard !draft.include.isEmpty else { return }
        func joined<Element>(_ part: (InclusionDraft) -> [Element]?, _ own: [Element]?) -> [Element]? {
            let parts = inclusions.compactMap(part) + [own].compactMap(\.self)
            return parts.isEmpty ? nil : parts.flatMap(\.self)
        }
        draft.roster.programs = joined(\.roster.programs, draft.roster.programs)
        draft.roster.customers = joined(\.roster.customers, draft.roster.customers)
        draft.clients = joined(\.clients, draft.clients)
        for inclusion in inclusions.reversed() { draft.carriers.merge(inclusion.carriers) { own, _ in own } }
        // What could not be read may have been there.
        guard !diagnostics.hasErrors, let place = draft.include.first?.location else { return }
        let missing = [
            ("programs", draft.roster.programs == nil), ("customers", draft.roster.customers == nil),
            ("clients", draft.clients == nil),
        ].filter(\.1).map(\.0)
        guard !missing.isEmpty else { return }
        let names = missing.map { "'\($0)'" }.joined(separator: " and ")
        diagnostics.error(
            "\(names) \(missing.count == 1 ? "stands" : "stand") neither in this file nor in what it includes",
            at: place,
            help: "\(missing[0]): [] says that there are none"
        )
    }
}
