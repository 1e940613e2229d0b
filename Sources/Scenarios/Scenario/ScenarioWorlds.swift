internal import DemandResponse

extension Scenario {
    /// Where a scenario can be run, as far as that decides what it may ask for.
    public enum World: Sendable {
        /// In virtual time: the server is a part of the run.
        case virtual
        /// On the wall clock, with a server of the run's own as a child process.
        case live
        /// On the wall clock, against a server that runs elsewhere, at a speed that its own clock does not have.
        case target(speed: Double)
    }
}

extension Reading where Value == Scenario {
    /// The same, with what a world cannot do of the scenario among its errors.
    public func checked(for world: Scenario.World) -> Reading {
        guard let scenario = value else { return self }
        let diagnostics = Diagnostics(path: scenario.source.path, text: scenario.source.text)
        for fault in scenario.faults { fault.check(for: world, diagnostics) }
        if case .target(let speed) = world {
            scenario.refuseOrders(diagnostics)
            if speed != 1 { scenario.refuseDeadlines(diagnostics) }
        }
        let checked = diagnostics.reading(scenario)
        return Reading(
            value: checked.value,
            diagnostics: self.diagnostics + checked.diagnostics,
            companions: companions
        )
    }
}

extension Scenario {
    /// In which order things happened is told by a server's journal, and of one elsewhere there is none.
    fileprivate func refuseOrders(_ diagnostics: Diagnostics) {
        for expectation in expectations {
            guard case .order = expectation.claim else { continue }
            diagnostics.error(
                "a run against --target cannot tell in which order things happened",
                at: expectation.location,
                help: "leave --target out: the journal of a server elsewhere is not this run's"
            )
        }
    }

    /// The deadlines of a server elsewhere are its own clock's, and so is what it takes to be late.
    fileprivate func refuseDeadlines(_ diagnostics: Diagnostics) {
        let help = "leave --speed out, or --target: the clock of a server elsewhere is not this run's"
        for program in roster.programs where program.acknowledgeWithin != nil {
            diagnostics.error(
                "program \(program.id) has a deadline, acknowledge_within, which a run against --target keeps at speed 1 only",
                at: SourceLocation(line: 1, column: 1),
                help: help
            )
        }
        for expectation in expectations {
            guard case .figure(let figure) = expectation.claim, figure.within != nil else { continue }
            diagnostics.error(
                "what happens within a time can be told of a run against --target at speed 1 only",
                at: expectation.location,
                help: help
            )
        }
    }
}

extension Fault {
    fileprivate func check(for world: Scenario.World, _ diagnostics: Diagnostics) {
        switch (kind, world) {
        case (.restart, .target):
            diagnostics.error(
                "a run against --target cannot restart the server",
                at: location,
                help: "that server is not this run's to stop: leave --target out"
            )
        case (.restart(let restart), .live):
            guard let boundary = restart.boundary else { return }
            diagnostics.error(
                "a live run cannot strike between \(boundary.rawValue.replacing(", ", with: " and "))",
                at: location,
                help: "the server is a process of its own there: leave --live out, or 'between'"
            )
        case (.restart, .virtual): break
        }
    }
}
