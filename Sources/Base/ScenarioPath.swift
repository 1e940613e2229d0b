/// Where a scenario stands: its file, and of a file with a matrix which of its combinations it is, as `peak.yaml (loss 1%, ping 10s)`.
public struct ScenarioPath: Hashable, Sendable, CustomStringConvertible {
    public let file: String
    /// `nil`: all of the file.
    public let combination: String?

    public init(file: String, combination: String?) {
        self.file = file
        self.combination = combination
    }

    /// As ``description`` has it. What ends with no parenthesis behind a file's ending is a file.
    public init(_ text: String) {
        guard text.hasSuffix(")"), let match = text.firstMatch(of: /^(.+?\.ya?ml|.+\.[A-Za-z0-9]+) \((.+)\)$/) else {
            self.init(file: text, combination: nil)
            return
        }
        self.init(file: String(match.1), combination: String(match.2))
    }

    public var description: String { file + (combination.map { " (\($0))" } ?? "") }

    /// What is called after it, as the folder of its reports: the file's name without its ending, and the combination with hyphens.
    public var baseName: String {
        let name = file.split(separator: "/").last.map(String.init) ?? ""
        let stem = name.lastIndex(of: ".").flatMap { $0 == name.startIndex ? nil : String(name[..<$0]) } ?? name
        guard let combination else { return stem }
        let words = combination.split { !($0.isLetter || $0.isNumber || "%._+-".contains($0)) }
        return ([stem] + words.map(String.init)).joined(separator: "-")
    }
}
