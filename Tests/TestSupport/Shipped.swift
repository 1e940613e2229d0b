internal import Foundation

/// The scenarios that come with the package.
public enum Shipped {
    private static let folder: String = {
        let here = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
        let root = (0..<3).reduce(here) { url, _ in url.deletingLastPathComponent() }
        return root.appendingPathComponent("scenarios").path
    }()

    /// All of them, but not what they include.
    public static let paths: [String] = {
        let names = (try? FileManager.default.subpathsOfDirectory(atPath: folder)) ?? []
        return names.filter { $0.hasSuffix(".yaml") && !$0.split(separator: "/").contains { $0.hasPrefix("_") } }
            .sorted().map { "\(folder)/\($0)" }
    }()

    public static func path(_ name: String) -> String { "\(folder)/\(name).yaml" }
}
