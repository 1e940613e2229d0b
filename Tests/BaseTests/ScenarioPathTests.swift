import Base
import Testing

@Suite struct ScenarioPathTests {
    @Test(
        arguments: [
            ("scenarios/peak.yaml", "scenarios/peak.yaml", nil, "peak"),
            (
                "scenarios/peak.yaml (loss 1%, ping 10s)", "scenarios/peak.yaml", "loss 1%, ping 10s",
                "peak-loss-1%-ping-10s"
            ),
            ("a.yml (x uniform(1s, 2s))", "a.yml", "x uniform(1s, 2s)", "a-x-uniform-1s-2s"),
            ("old (1)/peak.yaml", "old (1)/peak.yaml", nil, "peak"),
            ("peak (copy).yaml", "peak (copy).yaml", nil, "peak (copy)"),
            ("peak (copy)", "peak (copy)", nil, "peak (copy)"),
            ("a.yaml (x b.yaml (c))", "a.yaml", "x b.yaml (c)", "a-x-b.yaml-c"),
            ("day.txt (loss 1%)", "day.txt", "loss 1%", "day-loss-1%"), ("", "", nil, ""),
            (".yaml", ".yaml", nil, ".yaml"),
        ] as [(String, String, String?, String)]
    )
    func `a path is a file's, or that of a combination of its matrix`(
        _ text: String,
        _ file: String,
        _ combination: String?,
        _ name: String
    ) {
        let path = ScenarioPath(text)
        #expect(path.file == file)
        #expect(path.combination == combination)
        #expect(path.description == text)
        #expect(path.baseName == name)
    }
}
