internal import Base
internal import Measures

/// Latencies of one kind on one side of a comparison: of each run, by incident.
///
/// The customers of one fan-out are told together and wait for one another: what delays one delays all. So not they are the sample, but
/// the runs, and in each run its incidents.
struct LatencySample {
    /// What was measured in one incident of one run.
    struct Cluster {
        let run: Int
        let incident: String
        let population: Population
    }

    let runCount: Int
    let clusters: [Cluster]
    /// All of them, as figures are told.
    let pooled: Population

    /// - Parameter runs: what each run measured, by the names of its incidents.
    init(_ runs: [[(incident: String, population: Population)]]) {
        runCount = runs.count
        clusters = runs.enumerated().flatMap { run, incidents in
            incidents.map { Cluster(run: run, incident: $0.incident, population: $0.population) }
        }
        pooled = Population(
            clusters.flatMap(\.population.values),
            endless: clusters.reduce(0) { $0 + $1.population.endless }
        )
    }
}
