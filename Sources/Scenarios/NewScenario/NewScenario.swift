internal import Foundation

/// A whole small scenario with comments, for whoever writes the first one: `new.yaml` beside this file, under another name.
public enum NewScenario {
    /// - Parameter file: where it is to stand. The scenario's name is that of the file, in words.
    public static func text(for file: String) -> String {
        let name = URL(fileURLWithPath: file).deletingPathExtension().lastPathComponent
        let words = name.split { $0 == "-" || $0 == "_" || $0 == " " }.joined(separator: " ")
        let title = words.prefix(1).uppercased() + words.dropFirst()
        return String(decoding: PackageResources.new_yaml, as: UTF8.self)
            .replacingOccurrences(of: "\"{name}\"", with: YAMLText.blockScalar(String(title)))
    }
}
