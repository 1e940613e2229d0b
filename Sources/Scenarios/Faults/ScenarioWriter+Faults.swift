internal import Base
import DemandResponse

extension ScenarioWriter {
    mutating func writeFaults(_ faults: [Fault]) {
        guard !faults.isEmpty else { return }
        section("faults", Array(faults.enumerated())) { writer, element in
            let (index, fault) = element
            let id = fault.id == Fault.standardID(at: index) ? nil : YAMLText.scalar(fault.id)
            let trigger: [(key: String, value: String?)] =
                switch fault.trigger {
                case .at(let instant): [("at", writer.clock.words(of: instant))]
                case .on(let happening, let after):
                    [
                        ("on", Self.written(happening)),
                        ("after", after == .zero ? nil : DurationText.text(after)),
                    ]
                }
            let kind: (key: String, value: String?) =
                switch fault.kind {
                case .restart(let restart): ("restart", Self.written(restart))
                }
            writer.line("  - " + YAMLText.mapping([("id", id)] + trigger + [kind]))
        }
    }

    private static func written(_ happening: Happening) -> String {
        YAMLText.mapping([
            (happening.what.rawValue, YAMLText.scalar(happening.incident)),
            ("nth", happening.nth == 1 ? nil : String(happening.nth)),
        ])
    }

    private static func written(_ restart: Restart) -> String {
        YAMLText.mapping([
            ("how", restart.how.rawValue),
            ("down", DurationText.text(restart.down)),
            ("between", restart.boundary.map { "[\($0.rawValue)]" }),
        ])
    }
}
