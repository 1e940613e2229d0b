import Measures

extension ScenarioWriter {
    static func written(_ expectation: Expectation) -> String {
        guard let known = expectation.known else { return YAMLText.blockScalar(expectation.text) }
        let reason = YAMLText.mapping([
            ("issue", YAMLText.scalar(known.issue)), ("until", known.until), ("why", YAMLText.scalar(known.why)),
        ])
        return YAMLText.mapping([("expect", YAMLText.scalar(expectation.text)), ("known", reason)])
    }
}
