internal import DispatchStore
internal import Scenarios

extension RunHeader {
    /// The run's scenario, read anew from what the record has of it.
    func readScenario() -> Reading<Scenario> {
        ScenarioReader.read(
            text: scenario,
            path: path,
            included: included.map { ScenarioSource.Included(name: $0.name, text: $0.text) }
        )
    }
}
